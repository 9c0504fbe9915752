import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KarmadaParentCluster } from "../../../../components";
import { registeredBy, valueOf } from "../../../support/mocks";
import { answers, outputs, platform } from "./declaredParent";

/** Which resources each one waits for because it says so, by type and name. */
async function waits(): Promise<ReadonlyMap<string, readonly string[]>> {
    const said = new Map<string, pulumi.Resource[]>();
    const short = (type: string) => type.split(":").pop()!;
    const watch: pulumi.ResourceTransformation = ({ type, name, opts }) => {
        said.set(`${short(type)} ${name}`, [opts.dependsOn ?? []].flat() as pulumi.Resource[]);
        return undefined;
    };
    const create = () =>
        new KarmadaParentCluster(
            "parent",
            { region: "eu-central-1", vpcId: "vpc-1", subnetIds: ["a"], admins: [platform] },
            { transformations: [watch] },
        );
    await registeredBy(create, { answers, outputs });
    const named = [...said].map(async ([resource, needed]) => {
        const urns = await Promise.all(needed.map(({ urn }) => valueOf(urn)));
        const names = urns.map((urn) => {
            const [, , types, name] = urn!.split("::");
            return `${short(types!)} ${name}`;
        });
        return [resource, names.sort()] as const;
    });
    return new Map(await Promise.all(named));
}

describe("order in KarmadaParentCluster [END-1]", () => {
    it("has each thing there before, and as long as, it is needed", async () => {
        const needed = await waits();
        const nodes = ["NodeGroup parent-nodes"];
        assert.deepEqual(needed.get("Cluster parent"), ["LogGroup parent-logs"]);
        assert.deepEqual(needed.get("NodeGroup parent-nodes"), [
            "Addon parent-eks-pod-identity-agent",
            "Addon parent-kube-proxy",
            "Addon parent-vpc-cni",
            "Role parent-node",
            "RolePolicyAttachment parent-node-AmazonEC2ContainerRegistryPullOnly",
            "RolePolicyAttachment parent-node-AmazonEKSWorkerNodePolicy",
        ]);
        assert.deepEqual(needed.get("Addon parent-coredns"), nodes);
        assert.deepEqual(needed.get("Addon parent-aws-ebs-csi-driver"), [
            ...nodes,
            "Role parent-aws-ebs-csi-driver",
            "RolePolicyAttachment parent-aws-ebs-csi-driver-AmazonEBSCSIDriverPolicy",
        ]);
        assert.deepEqual(needed.get("kubernetes parent-provider"), [
            "AccessPolicyAssociation parent-admin-111122223333-role-teams-platform",
            "Addon parent-aws-ebs-csi-driver",
            "Addon parent-coredns",
        ]);
    });
});
