import assert from "node:assert/strict";
import { progressOn } from "../../local/support/terminal";
import { ensurePreviousDefinitions } from "../../local/toolchain";
import { pinOf } from "../../local/toolchain/catalog";
import { failureOf } from "../conformance/serving";
import {
    ControlPlaneInCluster,
    imageVersions,
    namespace,
    type Wanted,
} from "../e2e/controlPlane/controlPlaneInCluster";
import { assertNoneFailedTwice, underLoad } from "../e2e/controlPlane/faults";
import { previousImages } from "../e2e/nodes";
import { temporaryFolder } from "../support/temporary";

const previous = pinOf("karmada-previous").version;
const current = pinOf("karmada").version;

const policy = {
    apiVersion: "policy.karmada.io/v1alpha1",
    kind: "PropagationPolicy",
    metadata: { name: "early", namespace: "default" },
    spec: {
        resourceSelectors: [{ apiVersion: "apps/v1", kind: "Deployment", name: "anything" }],
        placement: { clusterAffinity: { clusterNames: ["anywhere"] } },
    },
};

describe(`a control plane with Karmada ${previous} [KAR-5]`, function () {
    this.timeout(900_000);
    const folder = temporaryFolder();
    let controlPlane: ControlPlaneInCluster;
    let asBefore: Wanted;

    before("bring it up", async function () {
        this.timeout(60 * 60_000);
        controlPlane = await ControlPlaneInCluster.prepare(folder);
        const { nodes } = controlPlane.parent;
        if (nodes === undefined) return this.skip();
        const progress = progressOn(process.stdout);
        await nodes.importImages(await previousImages(progress));
        asBefore = {
            args: {
                versions: { ...imageVersions(), karmada: previous.replace(/^v/, "") },
                definitions: await ensurePreviousDefinitions(progress),
            },
        };
        await controlPlane.up(asBefore);
    });

    after(() => controlPlane?.stop());

    /** Of every part of Karmada, by what its Deployment runs. */
    async function imageTags(): Promise<string[]> {
        const deployments = await controlPlane.parentClient.list("apps/v1", "Deployment", {
            namespace,
        });
        const images = deployments.map(({ spec }) => {
            const { template } = spec as {
                template: { spec: { containers: { image: string }[] } };
            };
            return template.spec.containers[0]!.image;
        });
        const ofKarmada = images.filter((image) => image.startsWith("docker.io/karmada/"));
        return ofKarmada.map((image) => image.split(":")[1]!);
    }

    it(`becomes one with ${current} under load, and has what it had`, async () => {
        const karmada = await controlPlane.karmada();
        await karmada.create(policy);
        assert.deepEqual([...new Set(await imageTags())], [previous]);
        const report = await underLoad(controlPlane, `${previous} → ${current}`, () =>
            controlPlane.up({}),
        );
        assertNoneFailedTwice(report);
        assert.deepEqual([...new Set(await imageTags())], [current]);
        const kept = await karmada.get({ ...policy, ...policy.metadata });
        assert.deepEqual((kept!["spec"] as typeof policy.spec).placement, policy.spec.placement);
        assert.deepEqual(await karmada.list("cluster.karmada.io/v1alpha1", "Cluster"), []);
        await karmada.close();
    });

    it("does not go back", async () => {
        assert.match(
            await failureOf(controlPlane.up(asBefore)),
            /versions\.karmada was .* what a later version has stored an earlier one may not read/,
        );
    });
});
