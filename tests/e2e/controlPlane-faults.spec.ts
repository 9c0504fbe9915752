import * as assert from "node:assert/strict";
import * as path from "node:path";
import { secretNames } from "../../components/controlPlane/secretNames";
import { projectRoot } from "../../local/support/root";
import { failureOf } from "../conformance/serving";
import { eventually } from "../support/eventually";
import { processTree } from "../support/processTree";
import { operationsOf } from "../support/operations";
import { temporaryFolder } from "../support/temporary";
import { ControlPlaneInCluster } from "./controlPlane/controlPlaneInCluster";
import {
    assertNoneFailedTwice,
    assertNoStallBeyond,
    loseVolume,
    processesOf,
    underLoad,
} from "./controlPlane/faults";
import { assertServed, issued } from "./controlPlane/served";
import { reachedWithinMs, upUntil } from "./controlPlane/underWay";
import { run } from "./nodes/machine";

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
        // A second try would find there what the first one has made.
        this.retries(0);
        const { stack } = controlPlane;
        const killAt = async (count: number) => {
            const { failure } = await upUntil(controlPlane, count);
            assert.match(await failureOf(controlPlane.up()), /currently locked by 1 lock/);
            const engines = processTree(process.pid).filter(({ command }) =>
                /^pulumi up /.test(command),
            );
            assert.equal(engines.length, 1);
            process.kill(engines[0]!.pid, "SIGKILL");
            await failure;
            await stack.cancel();
        };
        await killAt(20);
        // What was being made in that moment is there, unknown to the engine.
        await controlPlane.given("PULUMI_K8S_UPSERT_EXISTING_OBJECTS", async () => {
            await killAt(75);
            await killAt(110);
            await controlPlane.up();
        });
        const { summary } = await controlPlane.up();
        assert.deepEqual(operationsOf(summary), ["same"]);
        await controlPlane.untilWhole();
    });

    it("loses a follower of etcd", async () => {
        const leader = await controlPlane.etcdLeader();
        const follower = ["etcd-0", "etcd-1", "etcd-2"].find((name) => name !== leader)!;
        const report = await underLoad(controlPlane, "one etcd pod", () =>
            controlPlane.killPods(follower),
        );
        assertNoneFailedTwice(report);
    });

    it("loses etcd's leader", async () => {
        const leader = await controlPlane.etcdLeader();
        const fault = "the etcd leader";
        const report = await underLoad(controlPlane, fault, () => controlPlane.killPods(leader));
        assertNoStallBeyond(15, fault, report);
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
        assertNoneFailedTwice(report);
    });

    it("loses the volume of an etcd member, which one command replaces", async () => {
        const program = path.join(projectRoot, "local", "run.js");
        const kubeconfig = `KUBECONFIG=${controlPlane.parent.kubeconfig}`;
        const replace = (member: string) =>
            run("env", kubeconfig, process.execPath, program, "replaceEtcdMember", member);
        const report = await underLoad(controlPlane, "an etcd member's volume", async () => {
            await loseVolume(controlPlane, "etcd-1");
            await replace("etcd-1");
        });
        assertNoneFailedTwice(report);
        await assert.rejects(replace("etcd-1"), /etcd-1 is ready: it has/);
        await assert.rejects(replace("etcd-7"), /no member "etcd-7"; name one/);
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
        assertNoneFailedTwice(report);
        assert.deepEqual(await processesOf(controlPlane), processes);
    });

    it("has every pod replaced by a new one, with as many servers as nodes", async () => {
        const report = await underLoad(controlPlane, "rolling update of everything", () =>
            controlPlane.rollEverything(),
        );
        assertNoneFailedTwice(report);
    });

    it("has each node drained in turn", async function () {
        const { nodes } = controlPlane.parent;
        if (nodes === undefined) return this.skip();
        for (const { name } of nodes.nodes) {
            const report = await underLoad(controlPlane, `${name} drained`, async () => {
                await nodes.drain(name);
                await nodes.uncordon(name);
            });
            assertNoneFailedTwice(report);
        }
    });

    it("loses a node, and gets it back", async function () {
        const { nodes } = controlPlane.parent;
        if (nodes === undefined) return this.skip();
        await underLoad(controlPlane, "a node", async () => {
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
    });
});
