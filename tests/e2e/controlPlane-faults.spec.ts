import * as assert from "node:assert/strict";
import { replaceMember } from "../../local/controlPlane/replaceMember";
import { silent } from "../../local/support/progress";
import { eventually } from "../support/eventually";
import { temporaryFolder } from "../support/temporary";
import { ControlPlaneInCluster } from "./controlPlane/controlPlaneInCluster";
import { loseVolume, underLoad } from "./controlPlane/faults";

describe("a control plane under load", function () {
    this.timeout(600_000);
    const folder = temporaryFolder();
    let controlPlane: ControlPlaneInCluster;

    before("bring it up", async function () {
        this.timeout(60 * 60_000);
        controlPlane = await ControlPlaneInCluster.prepare(folder);
        await controlPlane.up();
    });

    after(() => controlPlane?.stop());

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
