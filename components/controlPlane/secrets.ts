import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Authority, Certificates, PartLeaf } from "./foundations";
import { apiServerInside, hostNamespace } from "./layout";
import { type SecretName, secretNames } from "./secretNames";

type Files = Readonly<Record<string, pulumi.Input<string>>>;

/** The Secrets that parts mount, by their names: each a folder of files. */
export function declareSecrets(
    name: string,
    wanted: ReadonlySet<SecretName>,
    certificates: Certificates,
    encryption: pulumi.Output<string>,
    opts: pulumi.CustomResourceOptions,
): ReadonlyMap<SecretName, k8s.core.v1.Secret> {
    const contents = contentsOf(certificates, encryption);
    const declare = (secret: SecretName) =>
        new k8s.core.v1.Secret(
            `${name}-${secret}`,
            {
                metadata: { name: secret, namespace: hostNamespace },
                stringData: pulumi.secret(contents[secret]()),
            },
            opts,
        );
    return new Map([...wanted].map((secret) => [secret, declare(secret)]));
}

/** Made only when it is wanted: the certificates of parts that are not there are not there either. */
function contentsOf(
    certificates: Certificates,
    encryption: pulumi.Output<string>,
): Readonly<Record<SecretName, () => Files>> {
    const leaf =
        (leafName: PartLeaf, authority: Authority = "karmada") =>
        (): Files =>
            leafFiles(certificates, leafName, authority);
    const config = (leafName: PartLeaf) => (): Files => ({
        "karmada.config": kubeconfigOfFiles,
        ...leaf(leafName)(),
    });
    const signer = certificates.signer("karmada");
    return {
        [secretNames.apiServer]: leaf("apiserver"),
        [secretNames.apiServerEtcdClient]: leaf("etcd-client-apiserver", "etcd"),
        [secretNames.frontProxyClient]: leaf("front-proxy-client", "front-proxy"),
        [secretNames.aggregatedApiServer]: leaf("aggregated-apiserver"),
        [secretNames.aggregatedEtcdClient]: leaf("etcd-client-aggregated", "etcd"),
        [secretNames.search]: leaf("search"),
        [secretNames.searchEtcdClient]: leaf("etcd-client-search", "etcd"),
        [secretNames.metricsAdapter]: leaf("metrics-adapter"),
        [secretNames.webhook]: leaf("webhook"),
        [secretNames.kubeControllerManager]: leaf("kube-controller-manager-server"),
        [secretNames.authority]: () => ({
            "tls.crt": signer.certPem,
            "tls.key": signer.privateKeyPem,
            "ca.crt": certificates.bundle("karmada"),
        }),
        [secretNames.serviceAccount]: () => ({
            "sa.key": certificates.serviceAccount.privatePem,
            "sa.pub": certificates.serviceAccount.publicPem,
        }),
        [secretNames.encryption]: () => ({ "encryption.json": encryption }),
        [secretNames.aggregatedApiServerConfig]: config("aggregated-apiserver-client"),
        [secretNames.searchConfig]: config("search-client"),
        [secretNames.metricsAdapterConfig]: config("metrics-adapter-client"),
        [secretNames.webhookConfig]: config("webhook-client"),
        [secretNames.kubeControllerManagerConfig]: config("kube-controller-manager"),
        [secretNames.controllerManagerConfig]: config("controller-manager"),
        [secretNames.schedulerConfig]: config("scheduler"),
        [secretNames.deschedulerConfig]: config("descheduler"),
    };
}

/** A certificate, its key, and whom its owner is to trust. */
export function leafFiles(
    certificates: Certificates,
    leafName: PartLeaf,
    authority: Authority,
): Files {
    const { certPem, keyPem } = certificates.leaf(leafName);
    return { "tls.crt": certPem, "tls.key": keyPem, "ca.crt": certificates.bundle(authority) };
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
 * Certificates are read again when they change. The authorities to trust and the service accounts'
 * keys are not everywhere, so a change of these restarts what mounts them; and so does that of a
 * certificate which a part is known to read at its start only.
 */
export function readAtStart(
    certificates: Certificates,
    leafName: PartLeaf | undefined,
): pulumi.Output<string> {
    const texts = [
        certificates.bundle("karmada"),
        certificates.bundle("front-proxy"),
        certificates.bundle("etcd"),
        certificates.serviceAccount.publicPem,
        ...(leafName === undefined ? [] : [certificates.leaf(leafName).certPem]),
    ];
    // Public, all of them: as a secret the digest would hide the Deployment's whole preview.
    return pulumi.unsecret(
        pulumi
            .all(texts)
            .apply((each) => createHash("sha256").update(each.join("\n")).digest("hex")),
    );
}
