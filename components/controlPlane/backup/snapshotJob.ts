import type * as k8s from "@pulumi/kubernetes";
import { secretFolder } from "../../support/restricted";
import { clientServiceUrl } from "../etcd/etcdPlan";
import { backup, backupDefaults, snapshotSpace } from "./backupPlan";
import {
    type BackupFacts,
    jobTemplate,
    podName,
    snapshotFile,
    snapshotMount,
    step,
} from "./jobPod";
import { inStore, storeEnvironment, uploader } from "./store";

const certificates = "/etc/etcd/client";

/** Old snapshots go last, so that without new ones the old ones stay. */
export function snapshotJob(facts: BackupFacts): k8s.types.input.batch.v1.JobSpec {
    const { namespace, images, quota, retentionDays = backupDefaults.retentionDays } = facts;
    const env = storeEnvironment(facts);
    const save = step(
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
            snapshotFile,
        ],
        {
            volumeMounts: [
                snapshotMount,
                { name: "client", mountPath: certificates, readOnly: true },
            ],
        },
    );
    const verify = step(
        "verify",
        images.etcd,
        ["/usr/local/bin/etcdutl", "snapshot", "status", snapshotFile, "--write-out=json"],
        // It opens the database as etcd does, and so wants to lock it.
        { volumeMounts: [snapshotMount] },
    );
    const upload = step(
        "upload",
        images.uploader,
        uploader("copyto", snapshotFile, inStore(facts, "/$(POD_NAME).db")),
        { env: [podName, ...env], volumeMounts: [{ ...snapshotMount, readOnly: true }] },
    );
    const prune = step(
        "prune",
        images.uploader,
        uploader(
            "delete",
            `--min-age=${retentionDays}d`,
            `--include=/${backup.name}-*.db`,
            inStore(facts),
        ),
        { env },
    );
    return jobTemplate([save, verify, upload, prune], snapshotSpace(quota), {
        volumes: [secretFolder("client", backup.clientSecret)],
    });
}
