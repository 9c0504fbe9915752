import assert from "node:assert/strict";
import type { Stack } from "@pulumi/pulumi/automation";
import { planTeardown } from "../../local/teardown/plan";
import { type StateResource, withoutSeals } from "../../local/teardown/state";
import { keptVolumes } from "../../local/teardown/volumes";
import { destroyed, done } from "./support/changes";
import { awsProgram } from "./support/awsProgram";
import { Simulation } from "./support/simulation";

const volume = (name: string, persistentVolumeReclaimPolicy: string) => ({
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name },
    spec: {
        capacity: { storage: "10Gi" },
        accessModes: ["ReadWriteOnce"],
        storageClassName: "ebs-sc",
        persistentVolumeReclaimPolicy,
        csi: { driver: "ebs.csi.aws.com", volumeHandle: `vol-${name}` },
        claimRef: { namespace: "karmada-system", name: `data-${name}` },
    },
});

describe("What a teardown foretells, and what is then left in AWS [END-1]", function () {
    this.timeout(900_000);
    const simulation = new Simulation();
    const { cloud } = simulation;
    const eks = simulation.withApiServer();
    let stack: Stack;

    before(async () => {
        stack = await simulation.stack(async () => awsProgram());
        await done(stack);
    });

    const state = async (): Promise<StateResource[]> => {
        const { deployment } = await stack.exportStack();
        return (deployment.resources as StateResource[]).map(withoutSeals);
    };

    it("lists the volumes that outlive their claims, by the ids of AWS", async () => {
        for (const each of [volume("etcd-0", "Retain"), volume("scratch", "Delete")]) {
            await eks.api.client.create(each);
        }
        const { kept, notAsked } = await keptVolumes(await state());

        assert.deepEqual(notAsked, []);
        assert.deepEqual(
            kept.map(({ what, id }) => [what, id]),
            [["Volume of karmada-system/data-etcd-0", "vol-etcd-0"]],
        );
    });

    it("says of a cluster that does not answer that it was not asked", async () => {
        const resources = (await state()).map((each) =>
            each.type === "pulumi:providers:kubernetes" ? { ...each, inputs: {} } : each,
        );

        assert.match(
            String((await keptVolumes(resources)).notAsked),
            /kubeconfig is not in the state/,
        );
    });

    it("leaves exactly what was listed, and what guards it", async () => {
        const { goes, stays } = planTeardown(await state());
        const given = goes.reduce((sum, { resources }) => sum + resources, 0);
        const before = (await state()).filter(
            ({ id, type, external }) => id && !external && !type.startsWith("pulumi:"),
        );
        await destroyed(stack);

        const kept = stays.filter(({ why }) => why === "the stack keeps it");
        assert.deepEqual(
            kept.map(({ what }) => what.split(" ")[1]!).sort(),
            cloud
                .things()
                .map(({ name }) => name)
                .sort(),
        );
        assert.equal(given + kept.length, before.length);
        assert.deepEqual(
            stays
                .filter((each) => !kept.includes(each))
                .map(({ what }) => what)
                .sort(),
            ["Key net-flow-logs", "Key parent-key"],
        );
    });
});
