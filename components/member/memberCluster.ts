import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { KarmadaConnection } from "../connection/karmadaConnection";
import { checkedKubeconfig, checkKubeconfig, clusterAccess } from "../support/kubeconfigInput";
import { owned } from "../support/ownership";
import type { Problem } from "../support/problems";
import { refuse } from "../support/refuse";
import { declareAgent } from "./agentDeployment";
import { declareAgentIdentity } from "./agentIdentity";
import { declareAgentRights } from "./agentRights";
import { declareCredentials } from "./credentials";
import { JoinMode } from "./joinMode";
import { checkMember } from "./memberChecks";
import { clusterNamespace, objectNames } from "./objectNames";
import type { Site } from "./site";

export interface MemberClusterArgs {
    /** The Karmada to join. */
    readonly karmada: KarmadaConnection;
    /**
     * Name in Karmada: 1 to 48 lower-case letters, digits and inner hyphens.
     * @default the resource's name
     */
    readonly clusterName?: string;
    /** Text of an administrator's kubeconfig of the member; its current context is used. */
    readonly kubeconfig: pulumi.Input<string>;
    /** Push: Karmada calls the member. Pull: an agent in the member calls Karmada. */
    readonly mode: JoinMode;
    /**
     * Address of the member's API server as Karmada reaches it.
     * @default the server in the kubeconfig
     */
    readonly apiEndpoint?: pulumi.Input<string>;
    /** Who runs the member, e.g. "aws". Placement can select by it, as by region and zone. */
    readonly provider?: string;
    readonly region?: string;
    readonly zones?: readonly string[];
    /** Labels of the Cluster object, for placement by label. */
    readonly labels?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A Kubernetes cluster that takes part in a Karmada: joined by declared objects, and leaving as cleanly. */
export class MemberCluster extends pulumi.ComponentResource {
    /** Name in Karmada; known for good once the member is ready. */
    readonly clusterName: pulumi.Output<string>;

    constructor(name: string, args: MemberClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        super(
            "pulumi-karmada-eks:index:MemberCluster",
            name,
            {},
            pulumi.mergeOptions(opts, { transformations: [owned] }),
        );
        const what = `MemberCluster "${name}"`;
        const { karmada, clusterName = name } = args;
        refuse(this, what, [
            ...checkMember({ ...args, clusterName }, karmada.clientSigner !== undefined),
            ...checkKubeconfig("kubeconfig", args.kubeconfig),
            ...claimName(karmada, clusterName, name),
        ]);

        const kubeconfig = checkedKubeconfig(this, what, "kubeconfig", args.kubeconfig);
        const apiEndpoint = pulumi.output(args.apiEndpoint ?? clusterAccess(kubeconfig).server);
        const provider = new k8s.Provider(
            `${name}-provider`,
            { kubeconfig, clusterIdentifier: clusterName, enableSecretMutable: true },
            { parent: this },
        );
        const site: Site = {
            name,
            clusterName,
            objects: objectNames(clusterName),
            inKarmada: { parent: this, provider: karmada.provider },
            inMember: { parent: this, provider },
        };

        const needed = declareCredentials(site);
        if (args.mode === JoinMode.Pull && karmada.clientSigner) {
            const parent = { parent: this };
            const identity = declareAgentIdentity(site, karmada, karmada.clientSigner, parent);
            const rights = declareAgentRights(site);
            const inMember = pulumi.mergeOptions(site.inMember, { dependsOn: rights });
            const agent = declareAgent({ ...site, inMember }, identity, { ...args, apiEndpoint });
            needed.push(...rights, ...agent);
        }
        const cluster = declareCluster(site, args, apiEndpoint, needed);

        this.clusterName = cluster.metadata.apply((metadata) => metadata.name ?? clusterName);
        this.registerOutputs({ clusterName: this.clusterName });
    }
}

/** What must stand while the Cluster object does is a dependency of it: so the Cluster leaves first. */
function declareCluster(
    { name, clusterName, objects, inKarmada, inMember }: Site,
    args: MemberClusterArgs,
    apiEndpoint: pulumi.Output<string>,
    needed: pulumi.Resource[],
): k8s.apiextensions.CustomResource {
    const system = k8s.core.v1.Namespace.get(`${name}-kube-system`, "kube-system", inMember);
    const { provider, region, zones, labels, mode } = args;
    const reference = (secret: string) => ({ namespace: clusterNamespace, name: secret });
    return new k8s.apiextensions.CustomResource(
        `${name}-cluster`,
        {
            apiVersion: "cluster.karmada.io/v1alpha1",
            kind: "Cluster",
            metadata: {
                name: clusterName,
                labels,
                annotations: { "pulumi.com/waitFor": "condition=Ready" },
            },
            // For a pull member, exactly what its agent would write: it may not correct it.
            spec: {
                id: system.metadata.uid,
                syncMode: mode === JoinMode.Pull ? "Pull" : "Push",
                apiEndpoint,
                secretRef: reference(objects.credentials),
                impersonatorSecretRef: reference(objects.impersonatorCredentials),
                ...(provider === undefined ? {} : { provider }),
                ...(region === undefined ? {} : { region }),
                ...(zones?.length ? { zones } : {}),
            },
        },
        {
            ...inKarmada,
            dependsOn: needed,
            // Karmada fills these in and goes on changing them.
            ignoreChanges: ["spec.resourceModels", "spec.taints", "status"],
            // Of a member that has not answered for long, Karmada tries to remove the work once in 17 minutes.
            customTimeouts: { create: "10m", update: "10m", delete: "20m" },
        },
    );
}

/** Names in use per Karmada, by the program that runs now. */
const claimed = new WeakMap<k8s.Provider, Map<string, string>>();

function claimName(karmada: KarmadaConnection, clusterName: string, owner: string): Problem[] {
    const names = claimed.get(karmada.provider) ?? new Map<string, string>();
    claimed.set(karmada.provider, names);
    const holder = names.get(clusterName);
    if (holder === undefined) {
        names.set(clusterName, owner);
        return [];
    }
    const message = `is "${clusterName}", as of MemberCluster "${holder}"; each member of a Karmada needs a name of its own.`;
    return [{ path: "clusterName", message }];
}
