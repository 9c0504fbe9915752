import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refuseFirstRestore } from "../backup/firstRestore";
import type { Pki } from "../pki/pki";
import { clientUrl, etcd, memberNames } from "./etcdPlan";
import { bootstrapState, etcdPod, type EtcdPodFacts, etcdSecrets } from "./etcdPod";
import { shapeAnnotation, shapeGuard, shapeOf } from "./shape";

/** `checkEtcd` has passed before these get here. */
export interface EtcdArgs extends EtcdPodFacts {
    readonly pki: Pki;
    /**
     * Without members, their volumes staying: for what must find these unused.
     * @default false
     */
    readonly stopped?: boolean;
}

export interface Etcd {
    /** What must be there before anybody calls etcd. */
    readonly ready: pulumi.Resource[];
    /** Every member: a client that knows them all goes on while one is gone. */
    readonly serverUrls: readonly string[];
}

const labels = {
    app: etcd.name,
    "app.kubernetes.io/name": etcd.name,
    "app.kubernetes.io/part-of": "karmada",
};
const selector = { app: etcd.name };

export function createEtcd(name: string, args: EtcdArgs, opts: pulumi.CustomResourceOptions): Etcd {
    const { namespace, members, pki } = args;
    const metadata = (object: string) => ({ name: object, namespace, labels });
    const secrets = declareSecrets(name, pki, metadata, opts);
    const services = declareServices(name, args, metadata, opts);
    const budget = new k8s.policy.v1.PodDisruptionBudget(
        `${name}-etcd-budget`,
        {
            metadata: metadata(etcd.name),
            spec: { maxUnavailable: 1, selector: { matchLabels: selector } },
        },
        opts,
    );
    const statefulSet = new k8s.apps.v1.StatefulSet(
        `${name}-etcd`,
        { metadata: metadata(etcd.name), spec: statefulSetSpec(args) },
        pulumi.mergeOptions(opts, { dependsOn: [budget, ...secrets, ...services] }),
    );
    // From now on a member that starts with an empty volume must not found a cluster of its own.
    const bootstrapped = new k8s.core.v1.ConfigMap(
        `${name}-etcd-bootstrapped`,
        {
            metadata: metadata(bootstrapState.configMap),
            data: { [bootstrapState.key]: "existing" },
        },
        pulumi.mergeOptions(opts, { dependsOn: statefulSet }),
    );
    return {
        ready: [statefulSet, bootstrapped],
        serverUrls: memberNames(members).map((member) => clientUrl(member, namespace)),
    };
}

type MetadataOf = (object: string) => {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
};

function declareSecrets(
    name: string,
    pki: Pki,
    metadata: MetadataOf,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret[] {
    return (
        [
            ["etcd-server", etcdSecrets.server],
            ["etcd-peer", etcdSecrets.peer],
        ] as const
    ).map(([leafName, secret]) => {
        const { certPem, keyPem } = pki.leaf(leafName);
        const files = { "tls.crt": certPem, "tls.key": keyPem, "ca.crt": pki.bundle("etcd") };
        return new k8s.core.v1.Secret(
            `${name}-${secret}`,
            { metadata: metadata(secret), stringData: pulumi.secret(files) },
            opts,
        );
    });
}

/** Neither waits for its pods: they wait for it. */
function declareServices(
    name: string,
    args: EtcdArgs,
    metadata: MetadataOf,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Service[] {
    const skipAwait = { "pulumi.com/skipAwait": "true" };
    const port = (portName: string, number: number) => ({
        name: portName,
        port: number,
        targetPort: portName,
    });
    const peers = new k8s.core.v1.Service(
        `${name}-etcd-service`,
        {
            metadata: {
                ...metadata(etcd.name),
                annotations: { ...skipAwait, [shapeAnnotation]: shapeOf(args) },
            },
            spec: {
                clusterIP: "None",
                // A member gets ready only with others, whom it can find only by this.
                publishNotReadyAddresses: true,
                selector,
                ports: [
                    port("client", etcd.clientPort),
                    port("peer", etcd.peerPort),
                    port("metrics", etcd.metricsPort),
                ],
            },
        },
        pulumi.mergeOptions(opts, {
            hooks: { ...shapeGuard(name), ...refuseFirstRestore(name, args.stopped ?? false) },
        }),
    );
    const clients = new k8s.core.v1.Service(
        `${name}-etcd-client-service`,
        {
            metadata: { ...metadata(etcd.clientService), annotations: skipAwait },
            spec: { selector, ports: [port("client", etcd.clientPort)] },
        },
        opts,
    );
    return [peers, clients];
}

function statefulSetSpec(args: EtcdArgs): k8s.types.input.apps.v1.StatefulSetSpec {
    const { members, stopped, storageClassName, storageSize, retainVolumes = true, pki } = args;
    return {
        replicas: stopped ? 0 : members,
        serviceName: etcd.name,
        // One after the other the first would wait for a majority that is never started.
        podManagementPolicy: "Parallel",
        // A member that has just come back first catches up; then the next one may go.
        minReadySeconds: 10,
        updateStrategy: { type: "RollingUpdate" },
        persistentVolumeClaimRetentionPolicy: {
            whenDeleted: retainVolumes ? "Retain" : "Delete",
            whenScaled: "Retain",
        },
        selector: { matchLabels: selector },
        template: {
            metadata: {
                labels,
                // Certificates are read again when they change, the authorities to trust are not.
                annotations: { "checksum/read-at-start": digest(pki.bundle("etcd")) },
            },
            spec: etcdPod(args),
        },
        volumeClaimTemplates: [
            {
                metadata: { name: "data" },
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    storageClassName,
                    resources: { requests: { storage: storageSize } },
                },
            },
        ],
    };
}

const digest = (bundle: pulumi.Output<string>) =>
    pulumi.unsecret(bundle.apply((pem) => createHash("sha256").update(pem).digest("hex")));
