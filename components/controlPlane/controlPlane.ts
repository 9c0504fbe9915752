import { createHash, X509Certificate } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { KarmadaConnection } from "../connection/karmadaConnection";
import { renderKubeconfig } from "../support/kubeconfig";
import { type Assembly, declareParts } from "./assemble";
import { readDefinitions } from "./definitions";
import { declareKarmadaObjects } from "./karmadaObjects";
import { declareMembersGuard } from "./membersGuard";
import type { Part } from "./part";

export interface ControlPlane extends Assembly {
    readonly endpoint: { readonly host: pulumi.Input<string>; readonly port: number };
    /** Folder of Karmada's CustomResourceDefinitions. */
    readonly definitions: string;
    /** Whether it may go while members are joined. */
    readonly destroyWithMembers: boolean;
    /** Declares what looks after these parts and, like them, may not go before that. */
    readonly lookAfter: (parts: readonly Part[]) => pulumi.Resource[];
}

export interface DeclaredControlPlane {
    readonly connection: KarmadaConnection;
    /** As `kubeadm` and `karmadactl` write it: "sha256:" and the digest of the authority's public key. */
    readonly caHash: pulumi.Output<string>;
}

/** Processes, what is inside their API, and the way in for members and people: in this order. */
export function declareControlPlane(
    name: string,
    plane: ControlPlane,
    opts: pulumi.CustomResourceOptions,
): DeclaredControlPlane {
    const { parent } = opts;
    const parts = declareParts(name, plane, opts);
    const { certPem, keyPem } = plane.certificates.leaf("admin");
    const caCertPem = plane.certificates.bundle("karmada");
    const server = pulumi.output(plane.endpoint.host).apply((host) => {
        const authority = host.includes(":") ? `[${host}]` : host;
        return `https://${authority}:${plane.endpoint.port}`;
    });
    const kubeconfig = pulumi.secret(
        pulumi
            .all([server, caCertPem, certPem, keyPem])
            .apply(([address, authority, certificate, privateKeyPem]) =>
                renderKubeconfig(
                    { server: address, caCertPem: authority },
                    { name: "system:admin", certPem: certificate, privateKeyPem },
                ),
            ),
    );
    const inKarmada = (role: string, dependsOn: pulumi.Resource[]) =>
        new k8s.Provider(
            `${name}-${role}`,
            { kubeconfig, clusterIdentifier: `${name}-${role}`, enableSecretMutable: true },
            { parent, dependsOn },
        );
    // Two, because whoever gets the connection must find a whole API behind it.
    const bootstrap = inKarmada("bootstrap", [parts.apiServer, parts.entrance]);
    const objects = declareKarmadaObjects(
        name,
        {
            definitions: readDefinitions(plane.definitions),
            caCertPem,
            webhook: parts.webhook,
            extensions: parts.extensions,
            monitored: plane.monitored,
        },
        // With the API server its whole content goes: nothing is deleted one by one from an API
        // that is about to leave, or no longer answers.
        { parent, provider: bootstrap, deletedWith: parts.apiServer },
    );
    const everything = [
        ...objects.all,
        ...parts.declareControllers(objects.kinds),
        ...plane.lookAfter(parts.all),
    ];
    const guard = declareMembersGuard(
        name,
        {
            everything,
            apiServer: parts.apiServer,
            destroyWithMembers: plane.destroyWithMembers,
        },
        { parent, provider: bootstrap },
    );
    return {
        connection: {
            provider: inKarmada("karmada", [guard]),
            kubeconfig,
            endpoint: server,
            caCertPem,
            clientSigner: plane.certificates.signer("karmada"),
        },
        caHash: plane.certificates.signer("karmada").certPem.apply(publicKeyHash),
    };
}

function publicKeyHash(certPem: string): string {
    const spki = new X509Certificate(certPem).publicKey.export({ type: "spki", format: "der" });
    return `sha256:${createHash("sha256").update(spki).digest("hex")}`;
}
