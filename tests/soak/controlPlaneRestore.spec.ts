import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { type BackupSettings, type KarmadaControlPlaneArgs } from "../../components";
import { backupDefaults } from "../../components/controlPlane/backup/backupPlan";
import { hostNamespace as namespace } from "../../components/controlPlane/layout";
import { backupApp } from "../../components/controlPlane/networkPolicies";
import type { KubeClient, KubeObject } from "../../local/kube";
import { progressOn } from "../../local/support/terminal";
import { failureOf } from "../conformance/serving";
import { BackupStore } from "../e2e/controlPlane/backupStore";
import { ControlPlaneInCluster } from "../e2e/controlPlane/controlPlaneInCluster";
import { snapshotImages } from "../e2e/nodes";
import { storageClassName } from "../e2e/nodes/addons";
import { eventually } from "../support/eventually";
import { operationsOf } from "../support/operations";
import { temporaryFolder } from "../support/temporary";

interface VolumeSpec {
    readonly claimRef?: { readonly name: string };
    readonly local?: { readonly path: string };
}

const cronJob = { apiVersion: "batch/v1", kind: "CronJob", name: "etcd-snapshot", namespace };
const written = { namespace: "default", labelSelector: "written=here" };

describe("snapshots of a control plane, and its restore [KAR-5]", function () {
    this.timeout(900_000);
    const folder = temporaryFolder();
    let controlPlane: ControlPlaneInCluster;
    let store: BackupStore;
    let karmada: KubeClient;
    let early: string[];
    let snapshot: string;
    const over = new AbortController();
    const watched = new Map<string, KubeObject>();

    const backedUp = (more: Partial<BackupSettings> = {}): Partial<KarmadaControlPlaneArgs> => ({
        backup: { ...store.settings, schedule: "* * * * *", ...more },
    });

    const write = (name: string) =>
        karmada.create({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name, namespace: "default", labels: { written: "here" } },
        });
    const names = async () =>
        (await karmada.list("v1", "ConfigMap", written)).map(({ metadata }) => metadata.name!);

    /** Folder on this machine. */
    async function volumeOf(member: string): Promise<string> {
        const volumes = await controlPlane.parentClient.list("v1", "PersistentVolume");
        const specs = volumes.map(({ spec }) => spec as VolumeSpec);
        return specs.find(({ claimRef }) => claimRef?.name === `data-${member}`)!.local!.path;
    }

    /** Name of the snapshot. */
    async function takeByHand(job: string, bucket?: string): Promise<string> {
        const inNamespace = (...args: string[]) =>
            controlPlane.parent.nodes!.kubectl(`--namespace=${namespace}`, ...args);
        await inNamespace("create", "job", job, `--from=cronjob/${cronJob.name}`);
        await inNamespace("wait", "--for=condition=Complete", "--timeout=60s", `job/${job}`);
        return (await store.snapshots(bucket)).find((name) => name.startsWith(`${job}-`))!;
    }

    before("bring it up, with a bucket for its snapshots", async function () {
        this.timeout(60 * 60_000);
        controlPlane = await ControlPlaneInCluster.prepare(folder);
        const { nodes } = controlPlane.parent;
        if (nodes === undefined) return this.skip();
        await nodes.importImages(await snapshotImages(progressOn(process.stdout)));
        store = await BackupStore.start(controlPlane.parentClient, nodes.nodePortAddress);
        await controlPlane.up({ args: backedUp() });
        karmada = await controlPlane.karmada();
    });

    after(async () => {
        over.abort();
        await karmada?.close();
        await controlPlane?.stop();
    });

    it("takes the first snapshot before the update is over, and then one by the clock", async () => {
        const taken = await store.snapshots();
        assert.ok(
            taken.some((name) => /^etcd-snapshot-first-\w+\.db$/.test(name)),
            taken.join(),
        );
        await eventually(
            "the clock's first snapshot",
            async () => {
                const { status } = (await controlPlane.parentClient.get(cronJob))!;
                const { lastSuccessfulTime } = status as { lastSuccessfulTime?: string };
                return lastSuccessfulTime !== undefined;
            },
            180_000,
        );
        const later = await store.snapshots();
        assert.ok(
            later.some((name) => /^etcd-snapshot-\d+-\w+\.db$/.test(name)),
            later.join(),
        );
    });

    it("takes one by hand", async () => {
        await Promise.all(Array.from({ length: 50 }, (_, number) => write(`before-${number}`)));
        early = await names();
        snapshot = await takeByHand("by-hand");
        await Promise.all(Array.from({ length: 10 }, (_, number) => write(`after-${number}`)));
        const target = { apiVersion: "v1", kind: "ConfigMap", ...written };
        void karmada.watch(
            target,
            ({ type, object }) => {
                const { name } = object.metadata;
                if (type === "DELETED") watched.delete(name!);
                else watched.set(name!, object);
            },
            over.signal,
        );
        await eventually("the watch has seen all", async () => watched.size === 60);
    });

    it("deletes snapshots of the schedule that are too old, and nothing else", async () => {
        const days: Readonly<Record<string, number>> = {
            "etcd-snapshot-old.db": backupDefaults.retentionDays + 1,
            "etcd-snapshot-young.db": backupDefaults.retentionDays - 1,
            "etcd-snapshot-old.txt": 400,
            "deeper/etcd-snapshot-old.db": 400,
            "taken-by-hand-old.db": 400,
        };
        for (const [name, daysAgo] of Object.entries(days)) {
            await store.put(name, Buffer.from(name), daysAgo);
        }
        const [old, ...others] = Object.keys(days);
        const before = (await store.snapshots()).filter((name) => name !== old);
        await takeByHand("after-old-ones");
        const left = new Set(await store.snapshots());
        assert.ok(!left.has(old!));
        assert.deepEqual(
            [...before, ...others].filter((name) => !left.has(name)),
            [],
        );
    });

    const members = async () =>
        (await controlPlane.pods("etcd")).map(({ metadata }) => metadata.uid);
    const unusable: Readonly<Record<string, { prepare?: () => Promise<void>; says: RegExp }>> = {
        "is not there": { says: /fetch.*nothing to transfer/is },
        "is damaged": {
            prepare: async () => {
                const content = await store.read(snapshot);
                content[content.length >> 1]! ^= 1;
                await store.put("unusable.db", content);
            },
            says: /restore.*expected sha256/is,
        },
    };
    for (const [how, { prepare, says }] of Object.entries(unusable)) {
        it(`stops nothing for a snapshot that ${how}`, async () => {
            await prepare?.();
            const before = await members();
            const args = backedUp({ restoreFrom: "unusable.db" });
            const failure = await failureOf(controlPlane.up({ args }));
            assert.match(failure, /etcd-restore-\w+-trial/);
            assert.match(failure, says);
            assert.equal((await names()).length, 60);
            assert.deepEqual(await members(), before);
            const { spec } = (await controlPlane.parentClient.get(cronJob))!;
            assert.notEqual((spec as { suspend?: boolean }).suspend, true);
        });
    }

    it("stands still while the snapshot is brought back, though most volumes are lost", async () => {
        await Promise.all(["etcd-1", "etcd-2"].map((member) => controlPlane.etcd.discard(member)));
        const began = Date.now();
        await controlPlane.up({ args: backedUp({ restoreFrom: snapshot }) });
        console.log(`    restored after ${(Date.now() - began) / 1e3} s`);
        // API servers take their time to end.
        const onlyJobs = async () => {
            const pods = await controlPlane.pods();
            const others = pods.filter(({ metadata }) => metadata.labels!["app"] !== backupApp);
            const names = others.map(({ metadata }) => metadata.name);
            assert.deepEqual(names, []);
        };
        await eventually("nothing else runs", onlyJobs, 180_000);
        const [setAside] = readdirSync(path.join(await volumeOf("etcd-0"), "replaced"));
        assert.match(setAside!, /^etcd-restore-\w+-etcd-0-\w+$/);
    });

    it("then has all that was written before the snapshot, and nothing that was after", async () => {
        const began = Date.now();
        await controlPlane.up({ args: backedUp() });
        console.log(`    back after ${(Date.now() - began) / 1e3} s`);
        assert.deepEqual(await names(), early);
    });

    it("answers, stores, and tells watchers what is no longer", async () => {
        await eventually("the watch has seen the restore", async () => {
            assert.deepEqual([...watched.keys()].sort(), early);
        });
        await write("since");
        await eventually("the watch goes on", async () => watched.has("since"));
        const version = Number(watched.get("since")!.metadata.resourceVersion);
        assert.ok(version > 1e12, `the version is ${version}`);
        assert.deepEqual(await karmada.list("cluster.karmada.io/v1alpha1", "Cluster"), []);
        const { summary } = await controlPlane.up();
        assert.deepEqual(operationsOf(summary), ["same"]);
    });

    it("refuses a bucket that may not be written, in the store's own words", async () => {
        const settings = await store.refusingWrites(controlPlane.parentClient, over.signal);
        const failure = await failureOf(controlPlane.up({ args: backedUp(settings) }));
        assert.match(failure, /etcd-snapshot-first.*upload.*AccessDenied/is);
        assert.deepEqual(await names(), [...early, "since"]);
    });

    it("refuses a bucket that is not there, in the store's own words", async () => {
        const failure = await failureOf(controlPlane.up({ args: backedUp({ bucket: "none" }) }));
        assert.match(failure, /etcd-snapshot-first.*upload.*NoSuchBucket/is);
        assert.deepEqual(await names(), [...early, "since"]);
    });

    it("takes the first snapshot by the next update, once there is a bucket", async () => {
        await store.createBucket("none");
        await controlPlane.up();
        const first = (await store.snapshots("none")).filter((name) => /-first-/.test(name));
        assert.equal(first.length, 1);
    });

    it("comes back in another etcd, made anew by the state that has its keys", async () => {
        const { stack } = controlPlane;
        const secret = { apiVersion: "v1", kind: "Secret", name: "kept", namespace: "default" };
        const data = { word: Buffer.from("for later").toString("base64") };
        await karmada.create({
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "kept", namespace: "default" },
            data,
        });
        const last = await takeByHand("before-another", "none");
        const state = await stack.exportStack();
        await stack.destroy();
        await stack.importStack(state);
        await controlPlane.given("PULUMI_K8S_DELETE_UNREACHABLE", () => stack.refresh());

        const smaller = (more?: Partial<BackupSettings>): Partial<KarmadaControlPlaneArgs> => ({
            ...backedUp({ bucket: "none", ...more }),
            etcd: { storageClassName, retainVolumes: false, members: 1 },
        });
        await controlPlane.up({ args: smaller() });
        assert.deepEqual(await names(), []);
        await controlPlane.up({ args: smaller({ restoreFrom: last }) });
        await controlPlane.up({ args: smaller() });
        assert.deepEqual(await names(), [...early, "since"]);
        assert.deepEqual((await karmada.get(secret))?.["data"], data);
        assert.equal((await controlPlane.pods("etcd")).length, 1);
    });
});
