import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { ClientSigner, KarmadaConnection } from "../connection/karmadaConnection";
import { renderKubeconfig } from "../support/kubeconfig";
import type { Site } from "./site";

/** Part of the names, so that a renewed certificate is a new resource beside the old one. */
const generation = 1;

const oneYearInHours = 8760;

export interface AgentIdentity {
    /** How the agent enters Karmada; secret. */
    readonly kubeconfig: pulumi.Output<string>;
    /** Changes with the identity, tells nothing about it. */
    readonly fingerprint: pulumi.Output<string>;
}

/** A certificate for this one member's agent: no token is handed out that others could use too. */
export function declareAgentIdentity(
    site: Site,
    karmada: KarmadaConnection,
    signer: ClientSigner,
    opts: pulumi.CustomResourceOptions,
): AgentIdentity {
    const { name, objects } = site;
    const key = new tls.PrivateKey(
        `${name}-agent-key-${generation}`,
        { algorithm: "ECDSA", ecdsaCurve: "P256" },
        opts,
    );
    const request = new tls.CertRequest(
        `${name}-agent-request-${generation}`,
        {
            privateKeyPem: key.privateKeyPem,
            subject: { commonName: objects.agentUser, organization: objects.agentGroup },
        },
        opts,
    );
    const certificate = new tls.LocallySignedCert(
        `${name}-agent-certificate-${generation}`,
        {
            certRequestPem: request.certRequestPem,
            caCertPem: signer.certPem,
            caPrivateKeyPem: signer.privateKeyPem,
            validityPeriodHours: oneYearInHours,
            allowedUses: ["digital_signature", "client_auth"],
        },
        opts,
    );
    const { endpoint, caCertPem } = karmada;
    const { certPem } = certificate;
    const kubeconfig = pulumi
        .all([endpoint, caCertPem, certPem, key.privateKeyPem])
        .apply(([server, authority, clientCertificate, privateKeyPem]) =>
            renderKubeconfig(
                { server, caCertPem: authority },
                { name: objects.agentUser, certPem: clientCertificate, privateKeyPem },
            ),
        );
    const fingerprint = pulumi
        .all([endpoint, caCertPem, certPem])
        .apply((parts) => createHash("sha256").update(parts.join("\n")).digest("hex"));
    return { kubeconfig: pulumi.secret(kubeconfig), fingerprint };
}
