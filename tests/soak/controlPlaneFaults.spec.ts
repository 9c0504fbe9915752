import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { replaceMember } from "../../local/controlPlane/replaceMember";
import { silent } from "../../local/support/progress";
import { failureOf } from "../conformance/serving";
import { ControlPlaneInCluster } from "../e2e/controlPlane/controlPlaneInCluster";
import { loseVolume, underLoad } from "../e2e/controlPlane/faults";
import { upUntil } from "../e2e/controlPlane/underWay";
import { storageClassName } from "../e2e/nodes/addons";
import { eventually } from "../support/eventually";
import { operationsOf } from "../support/operations";
import { temporaryFolder } from "../support/temporary";

/** So little that a test can fill it. */
const smallEtcd = { etcd: { storageClassName, retainVolumes: false, quota: "64Mi" } };

describe("a control plane in which much goes wrong", function () {
    this.timeout(1_200_000);
    const folder = temporaryFolder();
    let controlPlane: ControlPlaneInCluster;

    before("start the parent cluster", async function () {
        this.timeout(60 * 60_000);
        controlPlane = await ControlPlaneInCluster.prepare(folder);
        if (controlPlane.parent.nodes === undefined) return this.skip();
    });

    after(() => controlPlane?.stop());

    it("comes up, with little room, though the parent's API was away in the middle of it", async () => {
        controlPlane.wanted = { args: smallEtcd };
        const { failure } = await upUntil(controlPlane, 60);
        await controlPlane.parent.nodes!.withoutApi(() => failure);
        assert.match(await failure, /cannot reach https:/);
        // What was made in that moment is there, unknown to the engine.
        await controlPlane.given("PULUMI_K8S_UPSERT_EXISTING_OBJECTS", () => controlPlane.up());
        const { summary } = await controlPlane.up();
        assert.deepEqual(operationsOf(summary), ["same"]);
        await controlPlane.untilWhole();
    });

    it("has etcd full, and says so; what is there can be read, and room be made", async () => {
        const { etcd } = controlPlane;
        const karmada = await controlPlane.karmada();
        const configMap = { apiVersion: "v1", kind: "ConfigMap" };
        const namespace = "default";
        const nameOf = (number: number) => `filling-${number}`;
        const filling = { text: randomBytes(700_000).toString("base64") };
        const write = (name: string, data: object) =>
            karmada.create({ ...configMap, metadata: { name, namespace }, data });

        let written = 0;
        const fill = async () => {
            for (; written < 100; written++) await write(nameOf(written), filling);
        };
        assert.match(await failureOf(fill()), /database space exceeded/);
        assert.match(await etcd.etcdctl("etcd-0", "alarm", "list"), /alarm:NOSPACE/);
        assert.match(await failureOf(write("small", {})), /database space exceeded/);
        const stored = (await karmada.list("v1", "ConfigMap", { namespace }))
            .map(({ metadata }) => metadata.name!)
            .filter((name) => name.startsWith("filling-"));
        console.log(`    full after ${written} ConfigMaps of 0.9 MB`);
        // What was acknowledged is there; the one that was refused may be too.
        const acknowledged = Array.from({ length: written }, (_, number) => nameOf(number));
        assert.deepEqual(
            acknowledged.filter((name) => !stored.includes(name)),
            [],
        );

        const began = Date.now();
        for (const name of stored) await karmada.remove({ ...configMap, name, namespace });
        const status = await etcd.etcdctl("etcd-0", "endpoint", "status", "--write-out=json");
        const [, revision] = /"revision":(\d+)/.exec(status)!;
        await etcd.etcdctl("etcd-0", "compact", revision!);
        await controlPlane.etcdctlInEach("defrag");
        await etcd.etcdctl("etcd-0", "alarm", "disarm");
        await write("small", {});
        await karmada.close();
        await controlPlane.untilWhole();
        console.log(`    whole ${((Date.now() - began) / 1e3).toFixed(0)} s after room was made`);
    });

    it("is given more room, member by member", async () => {
        await underLoad(controlPlane, "etcd's quota raised", () => controlPlane.up({}));
    });

    it("loses two members of etcd at once, and the volume of one of them", async () => {
        const { etcd } = controlPlane;
        await underLoad(controlPlane, "two etcd pods and a volume of theirs", async () => {
            await loseVolume(controlPlane, "etcd-1", "etcd-0");
            await eventually(
                "a majority again",
                async () => (await etcd.readyPods()).length === 2,
                120_000,
            );
            await replaceMember(etcd, "etcd-1", silent);
        });
    });
});
