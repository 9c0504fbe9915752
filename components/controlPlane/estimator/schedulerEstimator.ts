import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { KarmadaConnection } from "../../connection/karmadaConnection";
import { checkMemberName } from "../../member/memberName";
import { checkedKubeconfig, checkKubeconfig, clusterAccess } from "../../support/kubeconfigInput";
import { owned } from "../../support/ownership";
import { type Problem, shown } from "../../support/problems";
import { refuse } from "../../support/refuse";
import { images } from "../../versions";
import { declarePart } from "../declarePart";
import { hostNamespace } from "../layout";
import { generationAt } from "../pki/generation";
import { issue } from "../pki/issue";
import { estimatorHosts, estimatorName, estimatorPart, estimatorSecrets } from "./estimatorPart";
import { declareMemberAccess } from "./memberAccess";

export interface SchedulerEstimatorArgs {
    /** The Karmada whose scheduler asks; it has to be one with `optional.estimators`. */
    readonly karmada: KarmadaConnection;
    /** Text of an administrator's kubeconfig of the cluster that Karmada runs in. */
    readonly parentKubeconfig: pulumi.Input<string>;
    /** Text of an administrator's kubeconfig of the member. The estimator gets an account that may only read. */
    readonly memberKubeconfig: pulumi.Input<string>;
    /**
     * Name of the member in Karmada.
     * @default the resource's name
     */
    readonly clusterName?: string;
    /**
     * Address of the member's API server as the parent cluster reaches it.
     * @default the server in the member's kubeconfig
     */
    readonly apiEndpoint?: pulumi.Input<string>;
    /** @default 2 */
    readonly replicas?: number;
    /** @default that of Karmada's version in this library */
    readonly image?: string;
    /** Any other number renews its certificate with the next update. */
    readonly generation?: number;
}

/** Tells Karmada's scheduler how many more replicas find room in one member, node by node. */
export class SchedulerEstimator extends pulumi.ComponentResource {
    /** Address in the parent cluster. */
    readonly address: pulumi.Output<string>;

    constructor(
        name: string,
        args: SchedulerEstimatorArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(
            "pulumi-karmada-eks:index:SchedulerEstimator",
            name,
            {},
            pulumi.mergeOptions(opts, { transformations: [owned] }),
        );
        const what = `SchedulerEstimator "${name}"`;
        const { karmada, clusterName = name, replicas = 2 } = args;
        const { clientSigner } = karmada;
        refuse(this, what, [
            ...checkClusterName(clusterName),
            ...checkKubeconfig("parentKubeconfig", args.parentKubeconfig),
            ...checkKubeconfig("memberKubeconfig", args.memberKubeconfig),
            ...checkReplicas(replicas),
            ...checkSigner(clientSigner),
        ]);
        const provider = (role: string, path: string, kubeconfig: pulumi.Input<string>) => {
            const checked = checkedKubeconfig(this, what, path, kubeconfig);
            const clusterIdentifier = `${name}-${role}`;
            const made = new k8s.Provider(
                clusterIdentifier,
                { kubeconfig: checked, clusterIdentifier, enableSecretMutable: true },
                { parent: this },
            );
            return { checked, options: { parent: this, provider: made } };
        };
        const parent = provider("parent", "parentKubeconfig", args.parentKubeconfig);
        const member = provider("member", "memberKubeconfig", args.memberKubeconfig);
        const { label } = generationAt(new Date(), args.generation);
        const hosts = estimatorHosts(clusterName, hostNamespace);
        const { certPem, keyPem } = issue(
            (role) => `${name}-server-${role}-${label}`,
            {
                commonName: `system:karmada:${estimatorName(clusterName)}`,
                organizations: [],
                usages: ["digital_signature", "server_auth"],
            },
            pulumi.output({ dnsNames: hosts, ipAddresses: [] }),
            clientSigner!,
            { parent: this },
        );
        const secrets = estimatorSecrets(clusterName);
        const secret = (secretName: string, stringData: Record<string, pulumi.Input<string>>) =>
            new k8s.core.v1.Secret(
                `${name}-${secretName}`,
                {
                    metadata: { name: secretName, namespace: hostNamespace },
                    stringData: pulumi.secret(stringData),
                },
                parent.options,
            );
        const access = declareMemberAccess(
            name,
            pulumi.output(args.apiEndpoint ?? clusterAccess(member.checked).server),
            member.options,
        );
        const trusted = karmada.caCertPem;
        const estimator = declarePart(
            name,
            estimatorPart({ clusterName, replicas }),
            {
                image: args.image ?? images.schedulerEstimator,
                // It reads its certificate and whom to trust at its start only.
                checksum: pulumi.unsecret(pulumi.all([certPem, trusted]).apply(digest)),
            },
            parent.options,
            [
                secret(secrets.member, access),
                secret(secrets.server, {
                    "tls.crt": certPem,
                    "tls.key": keyPem,
                    "ca.crt": trusted,
                }),
            ],
        );
        this.address = estimator.metadata.apply(() => hosts[0]!);
        this.registerOutputs({ address: this.address });
    }
}

const digest = (texts: readonly string[]) =>
    createHash("sha256").update(texts.join("\n")).digest("hex");

/** Of a Service's name of 63 characters, what the scheduler puts before the member's takes 28. */
const longestName = 35;

function checkClusterName(clusterName: string): Problem[] {
    const problems = checkMemberName("clusterName", clusterName);
    if (problems.length > 0 || clusterName.length <= longestName) return problems;
    const message = `is ${shown(clusterName)}; an estimator's member has a name of ${longestName} characters at most, as it becomes part of a Service's.`;
    return [{ path: "clusterName", message }];
}

function checkReplicas(replicas: number): Problem[] {
    if (Number.isInteger(replicas) && replicas >= 1) return [];
    const message = `is ${shown(replicas)}; use a whole number, 2 for one that stands by.`;
    return [{ path: "replicas", message }];
}

function checkSigner(signer: KarmadaConnection["clientSigner"]): Problem[] {
    if (signer) return [];
    const message =
        "has no clientSigner, and the estimator needs a certificate that Karmada's scheduler trusts; pass the connection of a KarmadaControlPlane, or the authority to existingKarmada.";
    return [{ path: "karmada", message }];
}
