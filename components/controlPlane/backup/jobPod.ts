import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { restrictedContainer, restrictedPod } from "../../support/restricted";
import { backup, type BackupSettings } from "./backupPlan";

export interface BackupImages {
    /** The one that the members run: the tools come with it. */
    readonly etcd: pulumi.Input<string>;
    readonly uploader: pulumi.Input<string>;
}

/** What the pods need to know that save snapshots and bring them back. */
export interface BackupFacts extends BackupSettings {
    readonly namespace: string;
    /** Of etcd: how large a snapshot can get. */
    readonly quota: string;
    readonly images: BackupImages;
}

type Container = k8s.types.input.core.v1.Container;

const folder = "/snapshot";
export const snapshotFile = `${folder}/etcd.db`;
export const snapshotMount = { name: "snapshot", mountPath: folder };

/** No two pods share one, and in those of the schedule is the time when it wanted them. */
export const podName = {
    name: "POD_NAME",
    valueFrom: { fieldRef: { fieldPath: "metadata.name" } },
};

export const labels = {
    app: backup.app,
    "app.kubernetes.io/name": backup.app,
    "app.kubernetes.io/part-of": "karmada",
};

export function step(
    name: string,
    image: pulumi.Input<string>,
    command: pulumi.Input<string>[],
    more: Partial<Container> = {},
): Container {
    return {
        ...restrictedContainer,
        name,
        image,
        command,
        resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } },
        // Its last words are then in the pod's status, and so in the errors of Pulumi.
        terminationMessagePolicy: "FallbackToLogsOnError",
        ...more,
    };
}

/**
 * One step after the other, each its own container: neither image needs a shell that could join them,
 * and what one needs to know, its certificate or the bucket, is none of the others' business.
 */
export function jobTemplate(
    steps: readonly [...Container[], Container],
    space: string,
    more: Partial<k8s.types.input.core.v1.PodSpec> & {
        readonly volumes?: k8s.types.input.core.v1.Volume[];
    } = {},
): k8s.types.input.batch.v1.JobSpec {
    return {
        backoffLimit: 2,
        activeDeadlineSeconds: 1800,
        template: {
            metadata: { labels },
            spec: {
                ...restrictedPod,
                serviceAccountName: backup.app,
                restartPolicy: "Never",
                initContainers: steps.slice(0, -1),
                containers: steps.slice(-1),
                ...more,
                volumes: [
                    { name: snapshotMount.name, emptyDir: { sizeLimit: space } },
                    ...(more.volumes ?? []),
                ],
            },
        },
    };
}
