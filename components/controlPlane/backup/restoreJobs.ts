import type * as k8s from "@pulumi/kubernetes";
import { etcd, initialCluster, memberNames, peerUrl } from "../etcd/etcdPlan";
import { dataFolder, volumeMount } from "../etcd/etcdPod";
import { restoredSpace } from "./backupPlan";
import {
    type BackupFacts,
    jobTemplate,
    podName,
    snapshotFile,
    snapshotMount,
    step,
} from "./jobPod";
import { inStore, storeEnvironment, uploader } from "./store";

export interface RestoreFacts extends BackupFacts {
    /** Name of the snapshot in its folder of the bucket. */
    readonly restoreFrom: string;
    readonly members: number;
    /** The ConfigMap that says by how many revisions it begins beyond the snapshot's. */
    readonly revisions: { readonly name: string; readonly key: string };
}

const restored = `${snapshotMount.mountPath}/restored`;
/** Beside the data, on the same volume: what was there before a restore. */
const replaced = "replaced";

/** Makes a member's data folder of the snapshot, beside its volume; a damaged one fails here. */
function makeData(facts: RestoreFacts, member: string) {
    const { namespace, images, members, restoreFrom } = facts;
    return [
        step(
            "fetch",
            images.uploader,
            uploader(
                // Or it would be content with a snapshot that is not there, and not say so.
                "--error-on-no-transfer",
                "--verbose",
                "copyto",
                inStore(facts, `/${restoreFrom}`),
                snapshotFile,
            ),
            { env: storeEnvironment(facts), volumeMounts: [snapshotMount] },
        ),
        step(
            "restore",
            images.etcd,
            [
                "/usr/local/bin/etcdutl",
                "snapshot",
                "restore",
                snapshotFile,
                `--data-dir=${restored}`,
                `--name=${member}`,
                `--initial-cluster=${initialCluster(members, namespace)}`,
                `--initial-cluster-token=${etcd.clusterToken}`,
                `--initial-advertise-peer-urls=${peerUrl(member, namespace)}`,
                // Whoever watches has seen later revisions than the snapshot's: these must not come
                // again with another content, and whoever asks for what was since must be told.
                "--bump-revision=$(REVISIONS)",
                "--mark-compacted",
            ],
            {
                env: [{ name: "REVISIONS", valueFrom: { configMapKeyRef: facts.revisions } }],
                volumeMounts: [snapshotMount],
            },
        ),
    ] as const;
}

/** Whether the snapshot is there and whole: everything of a restore but its effect. */
export const trialJob = (facts: RestoreFacts) =>
    jobTemplate(makeData(facts, memberNames(facts.members)[0]!), restoredSpace(facts.quota));

/** Puts the snapshot in place of a member's data, which are set aside, not deleted. */
export function memberJob(
    facts: RestoreFacts,
    member: string,
    job: string,
): k8s.types.input.batch.v1.JobSpec {
    const { images, quota } = facts;
    const volume = { name: "data", mountPath: volumeMount };
    const makeRoom = step(
        "make-room",
        images.uploader,
        uploader(
            "delete",
            // What an earlier try of this Job has set aside are the data themselves.
            `--filter=- /${replaced}/${job}-*/**`,
            `--filter=+ /${replaced}/**`,
            "--filter=- *",
            volumeMount,
        ),
        { volumeMounts: [volume] },
    );
    const replace = step(
        "replace",
        images.uploader,
        uploader(
            "sync",
            restored,
            dataFolder,
            `--backup-dir=${volumeMount}/${replaced}/$(POD_NAME)`,
            // Files of the two can be alike in name, size and time.
            "--ignore-times",
            "--metadata",
        ),
        { env: [podName], volumeMounts: [{ ...snapshotMount, readOnly: true }, volume] },
    );
    return jobTemplate([...makeData(facts, member), makeRoom, replace], restoredSpace(quota), {
        affinity: awayFromMembers,
        volumes: [{ name: volume.name, persistentVolumeClaim: { claimName: `data-${member}` } }],
    });
}

/** A member that is still about to end has its volume open. */
const awayFromMembers = {
    podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
            {
                labelSelector: { matchLabels: { app: etcd.name } },
                topologyKey: "kubernetes.io/hostname",
            },
        ],
    },
};
