import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { takenToBeThere } from "../../../../local/offline/existing";
import { projectRoot } from "../../../../local/support/root";
import { parseSettings, type Settings } from "../../../../stacks/parseSettings";

/** Of a stack file of this project, with other words in it. */
function taken(file: string, from = "", to = ""): string[] {
    const text = readFileSync(path.join(projectRoot, file), "utf8");
    const { config } = parse(text.replace(from, to)) as { config: Record<string, unknown> };
    const parsed = parseSettings(config);
    if ("problems" in parsed) assert.fail(JSON.stringify(parsed.problems));
    return takenToBeThere(parsed.settings);
}

describe("what an offline preview takes to be there", () => {
    it("is nothing where the stack makes all of it", () => {
        assert.deepEqual(taken("Pulumi.dev.yaml"), []);
    });

    it("is the Karmada of another stack, and clusters that are to join it", () => {
        assert.deepEqual(taken("examples/memberStack/Pulumi.spoke.yaml"), [
            "stack organization/pulumi-karmada-eks/prod, whose Karmada lets members join by push and by pull",
            "EKS cluster payments",
        ]);
        assert.deepEqual(
            taken(
                "examples/memberStack/Pulumi.spoke.yaml",
                "existingCluster: payments",
                "kubeconfig: payments.yaml",
            )[1],
            "the cluster of payments.yaml",
        );
    });

    it("is a network and a cluster that the stack is to use", () => {
        const settings = {
            kind: "aws",
            network: { existing: { vpcId: "vpc-0123456789abcdef0" } },
            parent: { existing: { clusterName: "shared" } },
            members: [],
        } as unknown as Settings;
        assert.deepEqual(takenToBeThere(settings), [
            "network vpc-0123456789abcdef0 and its subnets",
            "EKS cluster shared and its nodes",
        ]);
    });

    it("is everything but the workloads of a stack that only joins", () => {
        const [karmada, ...members] = taken("Pulumi.local.yaml");
        assert.equal(karmada, "Karmada of .local/kubeconfig/karmada.yaml");
        assert.equal(members.length, 3);
    });
});
