import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
    backupDefaults,
    type BackupSettings,
    checkBackup,
    restoredSpace,
    snapshotSpace,
} from "../../../../../components/controlPlane/backup/backupPlan";

const problems = (settings: Partial<BackupSettings>) =>
    checkBackup({ bucket: "karmada-snapshots", ...settings }).map(
        ({ path, message }) => `${path} ${message}`,
    );

describe("plan of the backup [KAR-5]", () => {
    it("needs a bucket only", () => assert.deepEqual(problems({}), []));

    it("waits for a bucket whose name is not known yet", () => {
        assert.deepEqual(problems({ bucket: pulumi.output(Promise.resolve("later")) }), []);
    });

    for (const schedule of [
        backupDefaults.schedule,
        "@daily",
        "30 2 * * MON-FRI",
        "0 0,12 1-15 * *",
        "*/10 * * * *",
    ]) {
        it(`takes the schedule ${schedule}`, () => assert.deepEqual(problems({ schedule }), []));
    }

    for (const schedule of [
        "0 25 * * *",
        "60 * * * *",
        "0 0 0 * *",
        "0 0 * 13 *",
        "0 0 * * foo",
        "*/0 * * * *",
        "5-1 * * * *",
        "0 0 * *",
    ]) {
        it(`refuses the schedule ${schedule}, which never comes`, () =>
            assert.equal(problems({ schedule }).length, 1));
    }

    it("tells everything that is wrong at once", () => {
        const wrong = {
            bucket: "s3://snapshots",
            prefix: "/karmada/",
            endpoint: "minio.example.com",
            schedule: "every day",
            retentionDays: 0,
            restoreFrom: "s3://snapshots/karmada-etcd/one.db",
        };
        assert.deepEqual(problems(wrong), [
            'bucket is "s3://snapshots"; name a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, without "s3://".',
            'prefix is "/karmada/"; use a folder such as "karmada-etcd" or "prod/karmada", without a slash at either end.',
            'endpoint is "minio.example.com"; use an https address, or http to a Service of this cluster (http://NAME.NAMESPACE.svc).',
            'schedule is "every day"; use the five fields of cron, e.g. "0 */6 * * *" for every six hours, or "@daily".',
            "retentionDays is 0; use a whole number of days, 1 at least.",
            'restoreFrom is "s3://snapshots/karmada-etcd/one.db"; use the name of a file in the folder ("prefix") of the bucket, such as "etcd-snapshot-29402730-x7k2p.db".',
        ]);
    });

    it("sends snapshots in clear text nowhere but within the cluster", () => {
        const accepted = (endpoint: string) => problems({ endpoint }).length === 0;
        assert.ok(accepted("https://s3.example.com"));
        assert.ok(accepted("http://minio.storage.svc:9000"));
        assert.ok(accepted("http://minio.storage.svc.cluster.local"));
        assert.ok(!accepted("http://minio.example.com"));
        assert.ok(!accepted("http://svc.example.com"));
        assert.ok(!accepted("ftp://minio.storage.svc"));
    });

    for (const prefix of ["..", "a/../b", "a//b", "a b", ""]) {
        it(`refuses ${JSON.stringify(prefix)} as a folder`, () => {
            assert.equal(problems({ prefix }).length, 1);
        });
    }

    it("leaves room for a snapshot of a database somewhat beyond its quota", () => {
        assert.equal(snapshotSpace("2Gi"), "2560Mi");
        assert.equal(snapshotSpace("64Mi"), "80Mi");
        assert.equal(restoredSpace("64Mi"), "416Mi");
    });
});
