import * as assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { secretNames } from "../../components/controlPlane/secretNames";
import { replaceMember } from "../../local/controlPlane/replaceMember";
import { silent } from "../../local/support/progress";
import { failureOf } from "../conformance/serving";
import { eventually } from "../support/eventually";
import { processTree } from "../support/processTree";
import { operationsOf } from "../support/operations";
import { temporaryFolder } from "../support/temporary";
import { ControlPlaneInCluster } from "./controlPlane/controlPlaneInCluster";
import { isWhole, loseVolume, processesOf, rollEverything, underLoad } from "./controlPlane/faults";
import { assertServed, issued } from "./controlPlane/served";

/** The machine may be busy with other things; by itself it takes seconds. */
const reachedWithinMs = 600_000;

describe("a control plane under load", function () {
    this.timeout(600_000);
    const folder = temporaryFolder();
    let controlPlane: ControlPlaneInCluster;

    before("start the parent cluster", async function () {
        this.timeout(60 * 60_000);
        controlPlane = await ControlPlaneInCluster.prepare(folder);
    });

    after(() => controlPlane?.stop());

    it("comes up though its first update was killed three times; another at the same time is refused", async function () {
        this.timeout(3 * reachedWithinMs);
        const { stack } = controlPlane;
        const { envVars } = stack.workspace;
        for (const count of [20, 75, 110]) {
            const update = failureOf(controlPlane.up());
            let ended: string | undefined;
            void update.then((message) => (ended = message));
            await eventually(
                `${count} resources`,
                async () =>
                    ended !== undefined ||
                    (isLocked(stack.stateFile) && resourcesIn(stack.stateFile) >= count),
                reachedWithinMs,
            );
            assert.equal(ended, undefined, "it ended by itself");
            assert.match(await failureOf(controlPlane.up()), /currently locked by 1 lock/);
            const engines = processTree(process.pid).filter(({ command }) =>
                /^pulumi up /.test(command),
            );
            assert.equal(engines.length, 1);
            process.kill(engines[0]!.pid, "SIGKILL");
            await update;
            await stack.cancel();
            // What was being made in that moment is there, unknown to the engine.
            envVars["PULUMI_K8S_UPSERT_EXISTING_OBJECTS"] = "true";
        }
        await controlPlane.up();
        delete envVars["PULUMI_K8S_UPSERT_EXISTING_OBJECTS"];
        const { summary } = await controlPlane.up();
        assert.deepEqual(operationsOf(summary), ["same"]);
        await isWhole(controlPlane);
    });

    it("loses a follower of etcd", async () => {
        const leader = await controlPlane.etcdLeader();
        const follower = ["etcd-0", "etcd-1", "etcd-2"].find((name) => name !== leader)!;
        const report = await underLoad(controlPlane, "one etcd pod", () =>
            controlPlane.killPods(follower),
        );
        assert.equal(report.failedTwice, 0);
    });

    it("loses etcd's leader", async () => {
        const leader = await controlPlane.etcdLeader();
        const report = await underLoad(controlPlane, "the etcd leader", () =>
            controlPlane.killPods(leader),
        );
        assert.ok(report.longestStallSeconds < 15);
    });

    it("loses every pod of etcd at once, and not its data", async () => {
        await underLoad(controlPlane, "all etcd pods at once", () =>
            controlPlane.killPods("etcd-0", "etcd-1", "etcd-2"),
        );
    });

    it("loses an API server, and no call that is made twice fails", async () => {
        const [pod] = await controlPlane.pods("karmada-apiserver");
        const report = await underLoad(controlPlane, "one API server", () =>
            controlPlane.killPods(pod!.metadata.name!),
        );
        assert.equal(report.failedTwice, 0);
    });

    it("loses the volume of an etcd member, which one command replaces", async () => {
        const { etcd } = controlPlane;
        const report = await underLoad(controlPlane, "an etcd member's volume", async () => {
            await loseVolume(controlPlane, "etcd-1");
            await replaceMember(etcd, "etcd-1", silent);
        });
        assert.equal(report.failedTwice, 0);
        await assert.rejects(replaceMember(etcd, "etcd-1", silent), /etcd-1 is ready: it has/);
        await assert.rejects(replaceMember(etcd, "etcd-7", silent), /no member "etcd-7"; name one/);
    });

    it("has every certificate renewed, and no process started again [KAR-2]", async function () {
        if (controlPlane.parent.nodes === undefined) return this.skip();
        const processes = await processesOf(controlPlane);
        const { fingerprint256 } = await issued(controlPlane, secretNames.apiServer);
        const report = await underLoad(controlPlane, "every certificate renewed", async () => {
            await controlPlane.up({ args: { pki: { generation: 1 } } });
            const renewed = await issued(controlPlane, secretNames.apiServer);
            assert.notEqual(renewed.fingerprint256, fingerprint256);
            await eventually(
                "every server shows its new certificate",
                () => assertServed(controlPlane),
                240_000,
            );
        });
        assert.equal(report.failedTwice, 0);
        assert.deepEqual(await processesOf(controlPlane), processes);
    });

    it("has every pod replaced by a new one, with as many servers as nodes", async () => {
        const report = await underLoad(controlPlane, "rolling update of everything", () =>
            rollEverything(controlPlane),
        );
        assert.equal(report.failedTwice, 0);
    });

    it("loses a node, and gets it back", async function () {
        const { nodes } = controlPlane.parent;
        if (nodes === undefined) return this.skip();
        const report = await underLoad(controlPlane, "a node", async () => {
            await nodes.killNode("node-2");
            await eventually(
                "its pods are given up",
                async () => {
                    const pods = await controlPlane.pods("karmada-apiserver");
                    return pods.some(({ metadata }) => metadata.deletionTimestamp !== undefined);
                },
                180_000,
            );
            await nodes.reviveNode("node-2");
        });
        assert.ok(report.longestStallSeconds < 60);
    });
});

/** An update has it under way. */
function isLocked(stateFile: string): boolean {
    const locks = path.join(path.dirname(stateFile), "..", "..", "locks");
    return (
        existsSync(locks) &&
        readdirSync(locks, { recursive: true, encoding: "utf8" }).some((each) =>
            each.endsWith(".json"),
        )
    );
}

function resourcesIn(stateFile: string): number {
    if (!existsSync(stateFile)) return 0;
    const { checkpoint } = JSON.parse(readFileSync(stateFile, "utf8")) as {
        checkpoint: { latest?: { resources?: unknown[] } };
    };
    return checkpoint.latest?.resources?.length ?? 0;
}
