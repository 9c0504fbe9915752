import assert from "node:assert/strict";
import {
    existingKarmada,
    WeightedWorkload,
    type WeightedWorkloadArgs,
} from "../../../../components";
import { sampleKubeconfig } from "../../../support/kubeconfigs";
import { bothModes, one, type Registered, registeredBy, valueOf } from "../../../support/mocks";

const demo = { ekseucl01: 1, ekseucl02: 1, eksuscl01: 2 };

/** Its FNV-1a is odd: ties go to the last name. */
const uid = "2";

function workload(rest: Partial<WeightedWorkloadArgs> = {}): WeightedWorkload {
    return new WeightedWorkload("nginx", {
        karmada: existingKarmada("karmada", { kubeconfig: sampleKubeconfig() }),
        namespace: "sample",
        replicas: 12,
        weights: demo,
        podSpec: { containers: [{ name: "nginx", image: "nginx:1.29.1" }] },
        ...rest,
    });
}

/** Even a dry run answers with a UID; only that of an object that exists is its own. */
function outputs({ type, inputs }: Registered): Record<string, unknown> {
    return type === "kubernetes:apps/v1:Deployment"
        ? { metadata: { ...(inputs["metadata"] as object), uid } }
        : {};
}

function metadata(resource: Registered): Record<string, unknown> {
    return resource.inputs["metadata"] as Record<string, unknown>;
}

function annotations(resource: Registered): Record<string, unknown> {
    return metadata(resource)["annotations"] as Record<string, unknown>;
}

describe("WeightedWorkload", () => {
    for (const { mode, preview } of bothModes) {
        it(`is exactly these resources (${mode})`, async () => {
            const { all } = await registeredBy(workload, { preview, outputs });
            assert.deepEqual(
                all.map(({ type, name, provider }) => `${type} ${name} ${provider}`).sort(),
                [
                    "kubernetes:apps/v1:Deployment nginx-deployment karmada-provider",
                    "kubernetes:policy.karmada.io/v1alpha1:PropagationPolicy nginx-policy karmada-provider",
                    "pulumi-karmada-eks:index:WeightedWorkload nginx ",
                    "pulumi:providers:kubernetes karmada-provider ",
                ],
            );
        });

        it(`predicts 3, 3 and 6 (${mode}) [WRK-1]`, async () => {
            const { result } = await registeredBy(workload, { preview, outputs });
            assert.deepEqual(await valueOf(result.predicted), [
                { ekseucl01: 3, ekseucl02: 3, eksuscl01: 6 },
            ]);
        });
    }

    it("previews both divisions of a new workload in which a tie is open", async () => {
        const tie = () => workload({ replicas: 14 });
        const { result } = await registeredBy(tie, { preview: true, outputs });
        assert.deepEqual(await valueOf(result.predicted), [
            { ekseucl01: 4, ekseucl02: 3, eksuscl01: 7 },
            { ekseucl01: 3, ekseucl02: 4, eksuscl01: 7 },
        ]);
    });

    it("predicts the one division that the UID leads to, once there is one", async () => {
        const { result } = await registeredBy(() => workload({ replicas: 14 }), { outputs });
        assert.deepEqual(await valueOf(result.predicted), [
            { ekseucl01: 3, ekseucl02: 4, eksuscl01: 7 },
        ]);
    });

    it("places by the weights given, grouped as in the walkthrough [WRK-1]", async () => {
        const { all } = await registeredBy(() => workload({ policyName: "sample-propagation" }));
        const policy = one(all, "nginx-policy");
        const { name, namespace } = metadata(policy);
        assert.deepEqual({ name, namespace }, { name: "sample-propagation", namespace: "sample" });
        assert.deepEqual(policy.inputs["spec"], {
            resourceSelectors: [
                { apiVersion: "apps/v1", kind: "Deployment", name: "nginx", namespace: "sample" },
            ],
            placement: {
                clusterAffinity: { clusterNames: ["ekseucl01", "ekseucl02", "eksuscl01"] },
                replicaScheduling: {
                    replicaSchedulingType: "Divided",
                    replicaDivisionPreference: "Weighted",
                    weightPreference: {
                        staticWeightList: [
                            {
                                targetCluster: { clusterNames: ["ekseucl01", "ekseucl02"] },
                                weight: 1,
                            },
                            { targetCluster: { clusterNames: ["eksuscl01"] }, weight: 2 },
                        ],
                    },
                },
            },
        });
    });

    it("makes the same policy whatever the order of the weights", async () => {
        const reversed = Object.fromEntries(Object.entries(demo).reverse());
        const before = await registeredBy(workload);
        const after = await registeredBy(() => workload({ weights: reversed }));
        assert.deepEqual(one(after.all, "nginx-policy"), one(before.all, "nginx-policy"));
    });

    it("waits for nothing where nobody wants it to", async () => {
        const { all } = await registeredBy(() => workload({ skipAwait: true }));
        const found = annotations(one(all, "nginx-deployment"));
        assert.equal(found["pulumi.com/skipAwait"], "true");
        assert.equal(found["pulumi.com/waitFor"], undefined);
    });

    it("waits until all replicas run and are of the new version", async () => {
        const { all } = await registeredBy(workload);
        assert.equal(
            annotations(one(all, "nginx-deployment"))["pulumi.com/waitFor"],
            '["jsonpath={.status.availableReplicas}=12","jsonpath={.status.updatedReplicas}=12"]',
        );
    });

    it("waits for nothing when there shall be no replica", async () => {
        const { all } = await registeredBy(() => workload({ replicas: 0 }));
        const asked = annotations(one(all, "nginx-deployment"));
        assert.equal(asked["pulumi.com/skipAwait"], "true");
        assert.equal(asked["pulumi.com/waitFor"], undefined);
    });

    it("takes back what others change of its objects, whatever they are", async () => {
        const { all } = await registeredBy(workload);
        for (const name of ["nginx-policy", "nginx-deployment"]) {
            assert.equal(annotations(one(all, name))["pulumi.com/patchForce"], "true", name);
        }
    });

    it("finds its pods by its own name, and adds the labels asked for", async () => {
        const { all } = await registeredBy(() => workload({ labels: { team: "web" } }));
        const deployment = one(all, "nginx-deployment");
        const spec = deployment.inputs["spec"] as {
            selector: unknown;
            template: { metadata: unknown };
        };
        assert.deepEqual(spec.selector, { matchLabels: { app: "nginx" } });
        assert.deepEqual(spec.template.metadata, { labels: { app: "nginx", team: "web" } });
        assert.equal(metadata(one(all, "nginx-policy"))["name"], "nginx-propagation");
    });

    it("names every problem before it makes anything", async () => {
        const bad = { replicas: 1.5, weights: { four: 0 }, members: ["one", "two"] };
        const { all } = await registeredBy(() => {
            assert.throws(() => workload(bad), {
                message: [
                    'WeightedWorkload "nginx":',
                    "  - replicas is 1.5; use a whole number from 0 to 1000000.",
                    "  - weights.four is 0; leave the member out, or use a whole number from 1.",
                    "  - weights.four names no member; the members are: one, two.",
                ].join("\n"),
            });
        });
        assert.deepEqual(all.map((each) => each.name).sort(), ["karmada-provider", "nginx"]);
    });
});
