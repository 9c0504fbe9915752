import { KarmadaBackupStore } from "../../../components/backupStore/backupStore";
import { CostBudget } from "../../../components/budget/budget";
import { KarmadaEndpoint } from "../../../components/endpoint/endpoint";
import { KarmadaVpc, type KarmadaVpcArgs } from "../../../components/karmadaVpc/karmadaVpc";
import {
    ManagementHost,
    type ManagementHostArgs,
} from "../../../components/managementHost/managementHost";
import {
    KarmadaParentCluster,
    type KarmadaParentClusterArgs,
} from "../../../components/parentCluster/parentCluster";

const region = "eu-central-1";

/** What a test changes from one update to the next. */
export interface Choices {
    readonly network?: Omit<KarmadaVpcArgs, "region">;
    readonly parent?: Omit<KarmadaParentClusterArgs, "region">;
    readonly allowedRanges?: readonly string[];
    readonly host?: Pick<ManagementHostArgs, "instanceType">;
}

/** Everything that lies in AWS for one Karmada. */
export function awsProgram({ network, parent, allowedRanges, host }: Choices = {}): void {
    const vpc = new KarmadaVpc("net", { region, nat: "single", ...network });
    const cluster = new KarmadaParentCluster("parent", {
        region,
        vpcId: vpc.vpcId,
        subnetIds: vpc.privateSubnetIds,
        admins: ["arn:aws:iam::111122223333:role/platform"],
        ...parent,
    });
    new KarmadaEndpoint("api", {
        vpcId: vpc.vpcId,
        subnetIds: vpc.privateSubnetIds,
        autoscalingGroupNames: cluster.autoscalingGroupNames,
        nodeSecurityGroupId: cluster.securityGroupId,
        allowedRanges: allowedRanges ?? ["10.0.0.0/8"],
    });
    new ManagementHost("host", {
        region,
        vpcId: vpc.vpcId,
        subnetId: vpc.privateSubnetIds[0]!,
        clusterName: cluster.clusterName,
        clusterArn: cluster.clusterArn,
        clusterSecurityGroupId: cluster.securityGroupId,
        ...host,
    });
    new KarmadaBackupStore("backup", { region, clusterName: cluster.clusterName });
    new CostBudget("cost", { monthlyLimit: 500, addresses: ["platform@example.com"] });
}
