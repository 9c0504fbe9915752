import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
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

    it(`becomes one with ${current} under load, controllers last, and has what it had`, async () => {
        const karmada = await controlPlane.karmada();
        await karmada.create(policy);
        assert.deepEqual([...new Set(await imageTags())], [previous]);
        const steps: string[] = [];
        const onEvent = ({ resourcePreEvent: begun, resOutputsEvent: ended }: EngineEvent) => {
            const { op, urn } = (begun ?? ended)?.metadata ?? {};
            const isChange = op === "update" || op === "create";
            if (isChange) steps.push(`${urn!.split("::").at(-1)} ${begun ? "begun" : "ended"}`);
        };
        controlPlane.wanted = {};
        const report = await underLoad(controlPlane, `${previous} → ${current}`, () =>
            controlPlane.stack.up({ onEvent }),
        );
        assertNoneFailedTwice(report);
        const kinds = steps.filter((step) => /-customresourcedefinition-.* ended$/.test(step));
        assert.ok(kinds.length > 0, "some of its kinds have changed");
        const before = [...kinds, "karmada-karmada-webhook ended"].map((each) =>
            steps.indexOf(each),
        );
        for (const controller of ["karmada-controller-manager", "karmada-scheduler"]) {
            const begun = steps.indexOf(`karmada-${controller} begun`);
            assert.ok(begun > Math.max(...before), `${controller} before others: ${steps.join()}`);
        }
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
