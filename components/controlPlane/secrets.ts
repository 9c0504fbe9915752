import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { encryptionConfiguration } from "./apiServerFiles";
import type { Authority, Certificates, PartLeaf } from "./foundations";
import { apiServerInside, hostNamespace } from "./layout";
import { type SecretName, secretNames } from "./secretNames";

type Files = Readonly<Record<string, pulumi.Input<string>>>;

/** Every Secret that a part mounts, by its name: a folder of files. */
export function declareSecrets(
    name: string,
    certificates: Certificates,
    encryption: pulumi.Output<string>,
    opts: pulumi.CustomResourceOptions,
): Readonly<Record<SecretName, k8s.core.v1.Secret>> {
    const leaf = (leafName: PartLeaf, authority: Authority): Files => {
        const { certPem, keyPem } = certificates.leaf(leafName);
        return { "tls.crt": certPem, "tls.key": keyPem, "ca.crt": certificates.bundle(authority) };
    };
    const config = (leafName: PartLeaf): Files => ({
        "karmada.config": kubeconfigOfFiles,
        ...leaf(leafName, "karmada"),
    });
    const signer = certificates.signer("karmada");
    const contents: Readonly<Record<SecretName, Files>> = {
        [secretNames.apiServer]: leaf("apiserver", "karmada"),
        [secretNames.apiServerEtcdClient]: leaf("etcd-client-apiserver", "etcd"),
        [secretNames.frontProxyClient]: leaf("front-proxy-client", "front-proxy"),
        [secretNames.aggregatedApiServer]: leaf("aggregated-apiserver", "karmada"),
        [secretNames.aggregatedEtcdClient]: leaf("etcd-client-aggregated", "etcd"),
        [secretNames.webhook]: leaf("webhook", "karmada"),
        [secretNames.authority]: {
            "tls.crt": signer.certPem,
            "tls.key": signer.privateKeyPem,
            "ca.crt": certificates.bundle("karmada"),
        },
        [secretNames.serviceAccount]: {
            "sa.key": certificates.serviceAccount.privatePem,
            "sa.pub": certificates.serviceAccount.publicPem,
        },
        [secretNames.encryption]: { "encryption.json": encryption },
        [secretNames.aggregatedApiServerConfig]: config("aggregated-apiserver-client"),
        [secretNames.webhookConfig]: config("webhook-client"),
        [secretNames.kubeControllerManagerConfig]: config("kube-controller-manager"),
        [secretNames.controllerManagerConfig]: config("controller-manager"),
        [secretNames.schedulerConfig]: config("scheduler"),
    };
    const declared = Object.entries(contents).map(([secret, stringData]) => [
        secret,
        new k8s.core.v1.Secret(
            `${name}-${secret}`,
            {
                metadata: { name: secret, namespace: hostNamespace },
                stringData: pulumi.secret(stringData),
            },
            opts,
        ),
    ]);
    return Object.fromEntries(declared) as Record<SecretName, k8s.core.v1.Secret>;
}

/**
 * Names its certificate's files instead of holding them: client-go reads them again when they
 * change, so a renewed certificate needs no restart.
 */
const kubeconfigOfFiles = JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "karmada",
    clusters: [
        {
            name: "karmada",
            cluster: { server: apiServerInside, "certificate-authority": "ca.crt" },
        },
    ],
    users: [
        { name: "component", user: { "client-certificate": "tls.crt", "client-key": "tls.key" } },
    ],
    contexts: [{ name: "karmada", context: { cluster: "karmada", user: "component" } }],
});

/**
 * Keys of Secrets' encryption at rest, one per generation. Each is the digest of a private key that
 * Pulumi makes and keeps as a secret: as random as that key, and no other provider is needed.
 */
export function declareEncryption(
    name: string,
    generations: readonly number[],
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const keys = generations.map((generation) => {
        const seed = new tls.PrivateKey(
            `${name}-encryption-key-${generation}`,
            { algorithm: "ED25519" },
            opts,
        );
        return seed.privateKeyPem.apply((pem) => ({
            name: `generation-${generation}`,
            secret: createHash("sha256").update(pem).digest("base64"),
        }));
    });
    return pulumi.secret(
        pulumi.all(keys).apply((each) => JSON.stringify(encryptionConfiguration(each))),
    );
}

/**
 * Certificates are read again when they change. The authorities to trust and the service accounts'
 * keys are not everywhere, so a change of these restarts what mounts them.
 */
export function readAtStart(certificates: Certificates): pulumi.Output<string> {
    const texts = [
        certificates.bundle("karmada"),
        certificates.bundle("front-proxy"),
        certificates.bundle("etcd"),
        certificates.serviceAccount.publicPem,
    ];
    // Public, all of them: as a secret the digest would hide the Deployment's whole preview.
    return pulumi.unsecret(
        pulumi
            .all(texts)
            .apply((each) => createHash("sha256").update(each.join("\n")).digest("hex")),
    );
}
