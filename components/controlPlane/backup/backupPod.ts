import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { restrictedContainer, restrictedPod, secretFolder } from "../../support/restricted";
import { clientServiceUrl } from "../etcd/etcdPlan";
import { backup, backupDefaults, type BackupSettings, snapshotSpace } from "./backupPlan";
import { storeEnvironment, storeFolder, uploader } from "./store";

export interface BackupImages {
    /** The one that the members run: the tools come with it. */
    readonly etcd: pulumi.Input<string>;
    readonly uploader: pulumi.Input<string>;
}

export interface BackupPodFacts extends BackupSettings {
    readonly namespace: string;
    /** Of etcd: how large a snapshot can get. */
    readonly quota: string;
    readonly images: BackupImages;
}

const folder = "/snapshot";
const file = `${folder}/etcd.db`;
const certificates = "/etc/etcd/client";

/** The Job's name has the time in it, and a Job that somebody makes by hand is named by them. */
const jobName = {
    name: "JOB_NAME",
    valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-name']" } },
};

/**
 * One step after the other, each its own container: neither image has a shell that could join them,
 * and what one needs to know, its certificate or the bucket, is none of the others' business. Old
 * snapshots go last, so that without new ones the old ones stay.
 */
export function backupPod(facts: BackupPodFacts): k8s.types.input.core.v1.PodSpec {
    const { namespace, images, retentionDays = backupDefaults.retentionDays } = facts;
    const snapshot = { name: "snapshot", mountPath: folder };
    const step = (
        name: string,
        image: pulumi.Input<string>,
        command: pulumi.Input<string>[],
        more: Partial<k8s.types.input.core.v1.Container> = {},
    ) => ({
        ...restrictedContainer,
        name,
        image,
        command,
        resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
        ...more,
    });
    const env = storeEnvironment(facts);
    const store = storeFolder(facts);
    return {
        ...restrictedPod,
        serviceAccountName: backup.app,
        restartPolicy: "Never",
        initContainers: [
            step(
                "save",
                images.etcd,
                [
                    "/usr/local/bin/etcdctl",
                    `--endpoints=${clientServiceUrl(namespace)}`,
                    `--cacert=${certificates}/ca.crt`,
                    `--cert=${certificates}/tls.crt`,
                    `--key=${certificates}/tls.key`,
                    "snapshot",
                    "save",
                    file,
                ],
                {
                    volumeMounts: [
                        snapshot,
                        { name: "client", mountPath: certificates, readOnly: true },
                    ],
                },
            ),
            step(
                "verify",
                images.etcd,
                ["/usr/local/bin/etcdutl", "snapshot", "status", file, "--write-out=json"],
                // It opens the database as etcd does, and so wants to lock it.
                { volumeMounts: [snapshot] },
            ),
            step(
                "upload",
                images.uploader,
                [uploader, "copyto", file, interpolated(store, "/$(JOB_NAME).db")],
                { env: [jobName, ...env], volumeMounts: [{ ...snapshot, readOnly: true }] },
            ),
        ],
        containers: [
            step(
                "prune",
                images.uploader,
                [
                    uploader,
                    "delete",
                    `--min-age=${retentionDays}d`,
                    `--include=/${backup.name}-*.db`,
                    store,
                ],
                { env },
            ),
        ],
        volumes: [
            { name: "snapshot", emptyDir: { sizeLimit: snapshotSpace(facts.quota) } },
            secretFolder("client", backup.clientSecret),
        ],
    };
}

const interpolated = (store: pulumi.Output<string>, rest: string) =>
    store.apply((text) => `${text}${rest}`);
