import assert from "node:assert/strict";
import {
    type BackupArgs,
    createBackup,
} from "../../../../../components/controlPlane/backup/backup";
import { bothModes, one, type Registered, registeredBy } from "../../../../support/mocks";
import { backupArgs } from "./backupArgs";

interface Step {
    readonly name: string;
    readonly command: readonly string[];
    readonly env?: readonly object[];
    readonly volumeMounts?: readonly { readonly name: string }[];
}
interface Pod {
    readonly initContainers: readonly Step[];
    readonly containers: readonly Step[];
    readonly affinity?: object;
    readonly volumes: readonly { readonly name: string }[];
}

const snapshot = "etcd-snapshot-29402730-x7k2p.db";

function restoring(more: Partial<BackupArgs> = {}, preview = false) {
    const args = { ...backupArgs, restoreFrom: snapshot, ...more };
    return registeredBy(() => createBackup("cp", args, {}).afterEtcd([]), { preview });
}

const podOf = (all: readonly Registered[], name: string) =>
    (one(all, name).inputs["spec"] as { template: { spec: Pod } }).template.spec;
const stepsOf = (all: readonly Registered[], name: string) => {
    const { initContainers, containers } = podOf(all, name);
    return [...initContainers, ...containers];
};
const restore = "cp-etcd-restore-c78dc7b6";
const namesIn = (all: readonly Registered[]) => all.map(({ name }) => name);

describe("restore of a snapshot [KAR-5]", () => {
    for (const { mode, preview } of bothModes) {
        it(`declares a Job that tries it, and one for each member's volume (${mode})`, async () => {
            const { all } = await restoring({}, preview);
            assert.deepEqual(namesIn(all).sort(), [
                "cp-etcd-backup-client-cert",
                restore,
                `${restore}-etcd-0`,
                `${restore}-etcd-1`,
                `${restore}-etcd-2`,
                `${restore}-trial`,
                "cp-etcd-snapshot",
                "cp-karmada-etcd-backup",
            ]);
        });
    }

    it("tells other Jobs for another snapshot", async () => {
        const { all } = await restoring({ restoreFrom: "other.db" });
        assert.ok(!namesIn(all).includes(`${restore}-trial`));
    });

    it("takes no snapshots meanwhile", async () => {
        const { all } = await restoring();
        const { suspend } = one(all, "cp-etcd-snapshot").inputs["spec"] as { suspend: boolean };
        assert.equal(suspend, true);
    });

    it("tries everything before anything is stopped, but for the volume", async () => {
        const { all } = await restoring();
        const commands = stepsOf(all, `${restore}-trial`).map(({ command }) => command);
        assert.deepEqual(commands[0]!.slice(-5), [
            "--error-on-no-transfer",
            "--verbose",
            "copyto",
            `store:karmada-snapshots/karmada-etcd/${snapshot}`,
            "/snapshot/etcd.db",
        ]);
        const real = stepsOf(all, `${restore}-etcd-0`).map(({ command }) => command);
        assert.deepEqual(commands, real.slice(0, 2));
        assert.doesNotMatch(JSON.stringify(podOf(all, `${restore}-trial`)), /var\/lib\/etcd/);
    });

    it("makes a member's data beside its volume, and touches that only once they are whole", async () => {
        const { all } = await restoring();
        const touches = stepsOf(all, `${restore}-etcd-1`).map(({ name, volumeMounts = [] }) => [
            name,
            volumeMounts.some((mount) => mount.name === "data"),
        ]);
        assert.deepEqual(touches, [
            ["fetch", false],
            ["restore", false],
            ["make-room", true],
            ["replace", true],
        ]);
    });

    it("makes the member that it was, of the same cluster, later than any revision seen", async () => {
        const { all } = await restoring();
        const [, { command } = { command: [] as string[] }] = stepsOf(all, `${restore}-etcd-1`);
        const peer = (member: string) => `https://${member}.etcd.karmada-system.svc:2380`;
        const cluster = ["etcd-0", "etcd-1", "etcd-2"].map((member) => `${member}=${peer(member)}`);
        assert.deepEqual(command.slice(3), [
            "/snapshot/etcd.db",
            "--data-dir=/snapshot/restored",
            "--name=etcd-1",
            `--initial-cluster=${cluster.join()}`,
            "--initial-cluster-token=karmada-etcd",
            `--initial-advertise-peer-urls=${peer("etcd-1")}`,
            "--bump-revision=$(REVISIONS)",
            "--mark-compacted",
        ]);
        for (const role of ["trial", "etcd-0", "etcd-2"]) {
            const [, { env } = {}] = stepsOf(all, `${restore}-${role}`);
            const configMapKeyRef = { name: "etcd-restore-c78dc7b6", key: "revisions" };
            assert.deepEqual(env, [{ name: "REVISIONS", valueFrom: { configMapKeyRef } }]);
        }
    });

    it("begins a thousand revisions later for each second since another of the same snapshot", async () => {
        const revisionsAt = async (now: string) => {
            const { all } = await restoring({ now: new Date(now) });
            return Number((one(all, restore).inputs["data"] as { revisions: string }).revisions);
        };
        const first = await revisionsAt("2026-11-28T06:00:00Z");
        assert.equal((await revisionsAt("2026-11-28T06:00:10Z")) - first, 10_000);
        assert.ok(first > 1e12);
    });

    it("sets aside what was there, and what was set aside before goes", async () => {
        const { all } = await restoring();
        const [makeRoom, replace] = stepsOf(all, `${restore}-etcd-1`).slice(-2);
        assert.deepEqual(makeRoom!.command.slice(5), [
            "delete",
            "--filter=- /replaced/etcd-restore-c78dc7b6-etcd-1-*/**",
            "--filter=+ /replaced/**",
            "--filter=- *",
            "/var/lib/etcd",
        ]);
        assert.deepEqual(replace!.command.slice(5), [
            "sync",
            "/snapshot/restored",
            "/var/lib/etcd/data",
            "--backup-dir=/var/lib/etcd/replaced/$(POD_NAME)",
            "--ignore-times",
            "--metadata",
        ]);
    });

    it("waits until no member is left that has the volume open", async () => {
        const { all } = await restoring();
        const { affinity, volumes } = podOf(all, `${restore}-etcd-1`);
        assert.match(JSON.stringify(affinity), /"required.*"matchLabels":\{"app":"etcd"\}/);
        assert.deepEqual(volumes.at(-1), {
            name: "data",
            persistentVolumeClaim: { claimName: "data-etcd-1" },
        });
    });
});
