import assert from "node:assert/strict";
import type * as k8s from "@pulumi/kubernetes";
import {
    type BackupArgs,
    createBackup,
} from "../../../../../components/controlPlane/backup/backup";
import { backup } from "../../../../../components/controlPlane/backup/backupPlan";
import { arrows } from "../../../../../components/controlPlane/networkPolicies";
import { bothModes, isSecret, one, type Registered, registeredBy } from "../../../../support/mocks";
import { backupArgs } from "./backupArgs";

interface Container {
    readonly name: string;
    readonly image: string;
    readonly command: readonly string[];
    readonly env?: readonly { readonly name: string; readonly value?: string }[];
    readonly securityContext: object;
    readonly volumeMounts?: readonly { readonly name: string }[];
}
type Pod = Omit<k8s.types.input.core.v1.PodSpec, "containers" | "initContainers"> & {
    readonly initContainers: readonly Container[];
    readonly containers: readonly Container[];
};
interface JobSpec {
    readonly template: {
        readonly metadata: { readonly labels: Record<string, string> };
        readonly spec: Pod;
    };
}
interface Spec {
    readonly jobTemplate: { readonly spec: JobSpec };
}

function declared(more: Partial<BackupArgs> = {}, preview = false) {
    const args = { ...backupArgs, ...more };
    return registeredBy(() => createBackup("cp", args, {}).afterEtcd([]), { preview });
}

const specOf = (all: readonly Registered[]) =>
    one(all, "cp-etcd-snapshot").inputs["spec"] as Spec & Record<string, unknown>;
const podOf = (all: readonly Registered[]) => specOf(all).jobTemplate.spec.template.spec;
const stepsIn = ({ initContainers, containers }: Pod) => [...initContainers, ...containers];
const stepsOf = (all: readonly Registered[]) => stepsIn(podOf(all));
const jobOf = (all: readonly Registered[], name: string) =>
    one(all, name).inputs["spec"] as JobSpec;
const step = (all: readonly Registered[], name: string) =>
    stepsOf(all).find((each) => each.name === name)!;
const environment = ({ env = [] }: Container) =>
    Object.fromEntries(env.map(({ name, value }) => [name, value]));

const credentials = { accessKeyId: "AKIA", secretAccessKey: "not to be shown" };

describe("createBackup [KAR-5]", () => {
    for (const { mode, preview } of bothModes) {
        it(`declares exactly these objects (${mode})`, async () => {
            const names = async (more: Partial<BackupArgs>) =>
                (await declared(more, preview)).all.map(({ name }) => name).sort();
            const always = [
                "cp-etcd-backup-client-cert",
                "cp-etcd-snapshot",
                "cp-etcd-snapshot-first",
                "cp-karmada-etcd-backup",
            ];
            assert.deepEqual(await names({}), always);
            const stored = await names({ credentials });
            assert.deepEqual(stored, [...always, "cp-etcd-backup-store"].sort());
        });

        it(`keeps certificate and credentials secret, and out of the CronJob (${mode})`, async () => {
            const { all } = await declared({ credentials }, preview);
            assert.ok(isSecret(one(all, "cp-etcd-backup-client-cert").inputs["stringData"]));
            assert.ok(isSecret(one(all, "cp-etcd-backup-store").inputs["stringData"]));
            const job = JSON.stringify(one(all, "cp-etcd-snapshot").inputs);
            assert.doesNotMatch(job, /AKIA|not to be shown/);
        });
    }

    it("saves, verifies, uploads, and only then deletes what is old", async () => {
        const { all } = await declared();
        assert.deepEqual(
            stepsOf(all).map(({ name }) => name),
            ["save", "verify", "upload", "prune"],
        );
        assert.equal(podOf(all).containers.length, 1);
        assert.deepEqual(step(all, "save").command, [
            "/usr/local/bin/etcdctl",
            "--endpoints=https://etcd-client.karmada-system.svc:2379",
            "--cacert=/etc/etcd/client/ca.crt",
            "--cert=/etc/etcd/client/tls.crt",
            "--key=/etc/etcd/client/tls.key",
            "snapshot",
            "save",
            "/snapshot/etcd.db",
        ]);
        assert.deepEqual(step(all, "verify").command, [
            "/usr/local/bin/etcdutl",
            "snapshot",
            "status",
            "/snapshot/etcd.db",
            "--write-out=json",
        ]);
        const uploader = [
            "/usr/local/bin/rclone",
            "--config=",
            "--retries=1",
            "--low-level-retries=3",
            "--contimeout=15s",
        ];
        assert.deepEqual(step(all, "upload").command, [
            ...uploader,
            "copyto",
            "/snapshot/etcd.db",
            "store:karmada-snapshots/karmada-etcd/$(POD_NAME).db",
        ]);
        assert.deepEqual(step(all, "prune").command, [
            ...uploader,
            "delete",
            "--min-age=14d",
            "--include=/etcd-snapshot-*.db",
            "store:karmada-snapshots/karmada-etcd",
        ]);
    });

    it("names each snapshot by its pod, whose name no other has", async () => {
        const { all } = await declared();
        const env = step(all, "upload").env as readonly object[];
        assert.deepEqual(env[0], {
            name: "POD_NAME",
            valueFrom: { fieldRef: { fieldPath: "metadata.name" } },
        });
    });

    it("takes the first snapshot at once, as all others will be taken", async () => {
        const { all } = await declared({ credentials });
        const first = jobOf(all, "cp-etcd-snapshot-first");
        assert.deepEqual(first, specOf(all).jobTemplate.spec);
    });

    it("goes to Amazon S3 by what the cloud grants its service account", async () => {
        const { all } = await declared({ region: "eu-central-1" });
        assert.deepEqual(environment(step(all, "prune")), {
            RCLONE_CONFIG_STORE_TYPE: "s3",
            RCLONE_CONFIG_STORE_PROVIDER: "AWS",
            RCLONE_CONFIG_STORE_ENV_AUTH: "true",
            RCLONE_CONFIG_STORE_NO_CHECK_BUCKET: "true",
            RCLONE_CONFIG_STORE_REGION: "eu-central-1",
        });
        assert.equal(podOf(all).serviceAccountName, "karmada-etcd-backup");
    });

    it("goes to another S3 by keys from a Secret", async () => {
        const endpoint = "http://minio.storage.svc:9000";
        const { all } = await declared({ endpoint, credentials });
        const upload = step(all, "upload");
        assert.equal(environment(upload)["RCLONE_CONFIG_STORE_PROVIDER"], "Other");
        assert.equal(environment(upload)["RCLONE_CONFIG_STORE_ENDPOINT"], endpoint);
        assert.deepEqual(upload.env!.slice(-2), [
            {
                name: "AWS_ACCESS_KEY_ID",
                valueFrom: { secretKeyRef: { name: "etcd-backup-store", key: "accessKeyId" } },
            },
            {
                name: "AWS_SECRET_ACCESS_KEY",
                valueFrom: { secretKeyRef: { name: "etcd-backup-store", key: "secretAccessKey" } },
            },
        ]);
    });

    it("shows each step what it needs: etcd's certificate to one, the bucket to the others", async () => {
        const { all } = await declared({ credentials });
        const sees = stepsOf(all).map(({ name, env = [], volumeMounts = [] }) => [
            name,
            volumeMounts.map((mount) => mount.name),
            env.some((each) => each.name === "AWS_SECRET_ACCESS_KEY"),
        ]);
        assert.deepEqual(sees, [
            ["save", ["snapshot", "client"], false],
            ["verify", ["snapshot"], false],
            ["upload", ["snapshot"], true],
            ["prune", [], true],
        ]);
    });

    it("passes Pod Security restricted, without a token of the parent's API", async () => {
        const { all } = await declared();
        const pod = podOf(all);
        assert.equal(pod.automountServiceAccountToken, false);
        const account = one(all, "cp-karmada-etcd-backup").inputs;
        assert.equal(account["automountServiceAccountToken"], false);
        assert.deepEqual(pod.securityContext, {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            fsGroup: 65532,
            fsGroupChangePolicy: "OnRootMismatch",
            seccompProfile: { type: "RuntimeDefault" },
        });
        for (const { name, securityContext } of stepsOf(all)) {
            assert.deepEqual(
                securityContext,
                {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ["ALL"] },
                },
                name,
            );
        }
    });

    it("never runs twice at once, and catches up on what it missed", async () => {
        const spec = specOf((await declared({ schedule: "@daily", retentionDays: 30 })).all);
        assert.equal(spec["schedule"], "@daily");
        assert.equal(spec["timeZone"], "Etc/UTC");
        assert.equal(spec["concurrencyPolicy"], "Forbid");
        assert.equal(spec["startingDeadlineSeconds"], 3600);
    });

    it("is let through to etcd by the network policies", async () => {
        const { all } = await declared();
        const { labels } = specOf(all).jobTemplate.spec.template.metadata;
        assert.equal(labels["app"], backup.app);
        assert.ok(arrows.some(({ from, port }) => from === labels["app"] && port === 2379));
    });
});
