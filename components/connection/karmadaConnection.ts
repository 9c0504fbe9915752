import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { checkedKubeconfig, checkKubeconfig, clusterAccess } from "../support/kubeconfigInput";
import { isCertificate, isPrivateKey } from "../support/pem";
import type { Problem } from "../support/problems";
import { refuse } from "../support/refuse";

/** The authority that signs client certificates for Karmada's API: what joining by pull needs. */
export interface ClientSigner {
    /** Certificate of the authority, PEM. */
    readonly certPem: pulumi.Input<string>;
    /** Private key of the authority, PEM. Kept as a secret. */
    readonly privateKeyPem: pulumi.Input<string>;
}

/** What members and workloads need to know of a Karmada, wherever it came from. */
export interface KarmadaConnection {
    /** Speaks to Karmada's API; one for all components, because each provider is a process. */
    readonly provider: k8s.Provider;
    /** Administrator's kubeconfig, secret. */
    readonly kubeconfig: pulumi.Output<string>;
    /** Address of Karmada's API server, as members and people reach it. */
    readonly endpoint: pulumi.Output<string>;
    /** Certificate authority of that address, PEM. Empty when it is one the system trusts. */
    readonly caCertPem: pulumi.Output<string>;
    /** Without it members can join by push only. */
    readonly clientSigner?: ClientSigner;
}

export interface ExistingKarmadaArgs {
    /** Text of an administrator's kubeconfig; its current context is used. */
    readonly kubeconfig: pulumi.Input<string>;
    /** Needed for members that join by pull. */
    readonly clientSigner?: ClientSigner;
}

/** Connects to a Karmada that something else runs. */
export function existingKarmada(
    name: string,
    args: ExistingKarmadaArgs,
    opts?: pulumi.ResourceOptions,
): KarmadaConnection {
    const what = `existingKarmada "${name}"`;
    refuse(opts?.parent, what, [
        ...checkKubeconfig("kubeconfig", args.kubeconfig),
        ...(args.clientSigner ? checkSigner(args.clientSigner) : []),
    ]);
    const kubeconfig = checkedKubeconfig(opts?.parent, what, "kubeconfig", args.kubeconfig);
    const access = clusterAccess(kubeconfig);
    return {
        provider: new k8s.Provider(
            `${name}-provider`,
            // The identity is the connection's name: a new address or credential is the same Karmada.
            { kubeconfig, clusterIdentifier: name, enableSecretMutable: true },
            opts,
        ),
        kubeconfig,
        endpoint: access.server,
        caCertPem: access.caCertPem,
        clientSigner: args.clientSigner && {
            certPem: args.clientSigner.certPem,
            privateKeyPem: pulumi.secret(args.clientSigner.privateKeyPem),
        },
    };
}

function checkSigner(signer: ClientSigner): Problem[] {
    const problems: Problem[] = [];
    if (typeof signer.certPem === "string" && !isCertificate(signer.certPem)) {
        problems.push({ path: "clientSigner.certPem", message: "is not a certificate in PEM." });
    }
    const key = signer.privateKeyPem;
    if (typeof key === "string" && !isPrivateKey(key)) {
        problems.push({ path: "clientSigner.privateKeyPem", message: "is no private key in PEM." });
    }
    return problems;
}
