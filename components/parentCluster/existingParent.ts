import { getClusterOutput, type GetClusterResult } from "@pulumi/aws/eks/getCluster";
import { getNodeGroupOutput } from "@pulumi/aws/eks/getNodeGroup";
import * as pulumi from "@pulumi/pulumi";
import { checkRegion } from "../support/amazon";
import { type Problem, shown, within } from "../support/problems";
import { refuse } from "../support/refuse";
import { execKubeconfig } from "./execKubeconfig";
import { checkClusterName } from "./parentChecks";
import type { ParentOutputs } from "./parentOutputs";

/** An EKS cluster that something else has made. */
export interface ExistingParent {
    readonly clusterName: string;
    /** Managed node groups whose nodes a load balancer is to send Karmada's clients to. */
    readonly nodeGroups: readonly string[];
}

export function checkExistingParent(
    region: unknown,
    { clusterName, nodeGroups }: ExistingParent,
    alsoGiven: readonly string[],
): Problem[] {
    const none = "names no group; name those whose nodes run the control plane.";
    return [
        ...checkRegion("region", region),
        ...within("existing", [
            ...checkClusterName("clusterName", clusterName),
            ...(nodeGroups.length === 0 ? [{ path: "nodeGroups", message: none }] : []),
        ]),
        ...alsoGiven.map((path) => ({
            path,
            message: "is for a new cluster, and existing names one that is there; leave one out.",
        })),
    ];
}

/** What AWS says of the cluster, once it has turned out to be one that works. */
export function findParent(
    component: pulumi.Resource,
    what: string,
    region: string,
    { clusterName, nodeGroups }: ExistingParent,
): ParentOutputs {
    const opts = { parent: component };
    const cluster = findCluster(clusterName, opts, (found) =>
        refuse(component, what, within("existing", checkFoundCluster("clusterName", found))),
    );
    const groups = nodeGroups.map((nodeGroupName) =>
        getNodeGroupOutput({ clusterName, nodeGroupName }, opts),
    );
    return {
        kubeconfig: kubeconfigOf(region, cluster),
        ready: [],
        clusterName: cluster.name,
        clusterArn: cluster.arn,
        securityGroupId: cluster.vpcConfig.clusterSecurityGroupId,
        // Not by lifting: an output has resources of its own.
        autoscalingGroupNames: groups.map((group) =>
            group.apply(({ resources }) => resources[0]!.autoscalingGroups[0]!.name),
        ),
        nodeRoleArns: pulumi.all(groups.map(({ nodeRoleArn }) => nodeRoleArn)),
        oidcProviderArn: pulumi.output(""),
    };
}

type Lookup = pulumi.Output<GetClusterResult>;

/** Nothing sees the cluster before `check` has. */
export const findCluster = (
    name: string,
    opts: pulumi.InvokeOptions,
    check: (found: FoundCluster) => void,
): Lookup =>
    getClusterOutput({ name }, opts).apply((found) => {
        check(found);
        return found;
    });

/** For an administrator of the cluster, as whom the AWS CLI says one is. Secret. */
export const kubeconfigOf = (region: string, cluster: Lookup): pulumi.Output<string> =>
    pulumi.secret(
        cluster.apply(({ name, endpoint, certificateAuthorities: [authority] }) =>
            execKubeconfig({
                clusterName: name,
                region,
                server: endpoint,
                authority: authority!.data,
            }),
        ),
    );

interface FoundCluster {
    readonly name: string;
    readonly status: string;
    readonly accessConfigs: readonly { readonly authenticationMode: string }[];
}

export function checkFoundCluster(
    path: string,
    { name, status, accessConfigs }: FoundCluster,
): Problem[] {
    if (status !== "ACTIVE" && status !== "UPDATING") {
        const message = `is ${shown(name)}, which is ${status}; wait until it is ACTIVE.`;
        return [{ path, message }];
    }
    if (accessConfigs.some(({ authenticationMode }) => authenticationMode === "CONFIG_MAP")) {
        const message = `is ${shown(name)}, which takes no access entries; set its authentication mode to API or API_AND_CONFIG_MAP.`;
        return [{ path, message }];
    }
    return [];
}
