import * as pulumi from "@pulumi/pulumi";
import { after } from "../support/after";
import type { Tags } from "../support/amazon";
import { given } from "../support/givenArgs";
import { owned } from "../support/ownership";
import { refuse } from "../support/refuse";
import { checkExistingParent, type ExistingParent, findParent } from "./existingParent";
import { declareParent } from "./newParent";
import type { NodeSettings } from "./nodeSettings";
import { checkParent, parentFacts } from "./parentChecks";
import type { ParentOutputs } from "./parentOutputs";

export interface KarmadaParentClusterArgs {
    /** Region of the provider in use, e.g. "eu-central-1". */
    readonly region: string;
    /** A cluster to use instead of a new one; then nothing below is said. */
    readonly existing?: ExistingParent;
    /**
     * Name in EKS, and of the context in the kubeconfig.
     * @default "karmada-parent"
     */
    readonly clusterName?: string;
    /**
     * Kubernetes, by major and minor version; one in EKS's standard support.
     * @default "1.36"
     */
    readonly version?: string;
    /** Needed for a new cluster. */
    readonly vpcId?: pulumi.Input<string>;
    /** Private subnets, in three zones. Needed for a new cluster. */
    readonly subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Public ranges from which the cluster's API is reached, beside its own network.
     * @default none: whoever runs the program does it within the network
     */
    readonly publicAccessFrom?: readonly string[];
    /**
     * Addresses that reach it as well, and are known only later: those of another network's NAT gateways.
     * They need `publicAccessFrom`.
     */
    readonly publicAccessOf?: readonly pulumi.Input<string>[];
    /**
     * Private ranges from which the cluster's API is reached, beside its own nodes: of whoever runs the
     * program, or of a network that is joined with its own.
     * @default none
     */
    readonly privateAccessFrom?: readonly string[];
    /**
     * Allows everybody in `publicAccessFrom`.
     * @default false
     */
    readonly openToTheWorld?: boolean;
    /**
     * ARNs of the IAM roles and users that administer the cluster; who runs the program is one of them.
     * Needed for a new cluster.
     */
    readonly admins?: readonly string[];
    /** ARNs of those who see everything but Secrets, and change nothing. */
    readonly viewers?: readonly string[];
    readonly nodes?: NodeSettings;
    /**
     * How many members of etcd are to find a node each; 0 for a cluster that runs no Karmada.
     * @default 3
     */
    readonly etcdMembers?: number;
    /**
     * Whether the volumes of the class "ebs-sc" outlive their claims.
     * @default true
     */
    readonly keepVolumes?: boolean;
    /**
     * Whether AWS refuses to delete the cluster until this is false again.
     * @default false
     */
    readonly deletionProtection?: boolean;
    /**
     * Whether IAM trusts tokens of the cluster's service accounts. Nothing here needs it.
     * @default false
     */
    readonly oidcProvider?: boolean;
    /**
     * How long the control plane's logs are kept.
     * @default 90
     */
    readonly logDays?: number;
    /** Tags of everything that is made, instances and volumes too. */
    readonly tags?: Tags;
}

type NewCluster = Omit<KarmadaParentClusterArgs, "region" | "existing">;

/** An EKS cluster with nodes in three zones, ready for a Karmada control plane. Or one that exists. */
export class KarmadaParentCluster extends pulumi.ComponentResource {
    /**
     * It has no credentials: the AWS CLI says who uses it. What uses it waits until nodes, add-ons and
     * the class of volumes are there. Secret.
     */
    readonly kubeconfig: pulumi.Output<string>;
    readonly clusterName: pulumi.Output<string>;
    readonly clusterArn: pulumi.Output<string>;
    /** Group that all nodes, and EKS's own interfaces, are in. */
    readonly securityGroupId: pulumi.Output<string>;
    /** One for each node group: where a load balancer finds the nodes. */
    readonly autoscalingGroupNames: pulumi.Output<string>[];
    readonly nodeRoleArns: pulumi.Output<string[]>;
    /** Empty where there is no such trust. */
    readonly oidcProviderArn: pulumi.Output<string>;

    constructor(
        name: string,
        args: KarmadaParentClusterArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(
            "pulumi-karmada-eks:index:KarmadaParentCluster",
            name,
            {},
            pulumi.mergeOptions(opts, { transformations: [owned] }),
        );
        const what = `KarmadaParentCluster "${name}"`;
        const { region, existing, ...rest } = args;
        const found = existing
            ? this.look(what, region, existing, rest)
            : this.declare(name, what, region, rest);
        this.kubeconfig = after(found.kubeconfig, found.ready);
        this.clusterName = found.clusterName;
        this.clusterArn = found.clusterArn;
        this.securityGroupId = found.securityGroupId;
        this.autoscalingGroupNames = found.autoscalingGroupNames;
        this.nodeRoleArns = found.nodeRoleArns;
        this.oidcProviderArn = found.oidcProviderArn;
        this.registerOutputs({
            kubeconfig: this.kubeconfig,
            clusterName: this.clusterName,
            clusterArn: this.clusterArn,
            securityGroupId: this.securityGroupId,
            autoscalingGroupNames: this.autoscalingGroupNames,
            nodeRoleArns: this.nodeRoleArns,
            oidcProviderArn: this.oidcProviderArn,
        });
    }

    private look(
        what: string,
        region: string,
        existing: ExistingParent,
        rest: NewCluster,
    ): ParentOutputs {
        refuse(this, what, checkExistingParent(region, existing, Object.keys(given(rest))));
        return findParent(this, what, region, existing);
    }

    private declare(
        name: string,
        what: string,
        region: string,
        { vpcId, subnetIds, ...args }: NewCluster,
    ): ParentOutputs {
        const facts = parentFacts({ region, ...args });
        const problems = checkParent(facts, new Date());
        const missing = Object.entries({ vpcId, subnetIds }).flatMap(([path, value]) =>
            value === undefined
                ? [{ path, message: "is missing; pass it on from the network's component." }]
                : [],
        );
        refuse(this, what, [...missing, ...problems]);
        return declareParent(
            name,
            { ...facts, vpcId: vpcId!, subnetIds: subnetIds! },
            { parent: this },
        );
    }
}
