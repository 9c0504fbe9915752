import * as assert from "node:assert/strict";
import type { Stack } from "@pulumi/pulumi/automation";
import { awsProgram, type Choices } from "./support/awsProgram";
import { type Changes, destroyed, done, planned } from "./support/changes";
import { Simulation } from "./support/simulation";

const zones = ["a", "b", "c", "d"].map((letter) => `eu-central-1${letter}`);
const storageClass = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name: "ebs-sc" };
const atFirst: Choices = { parent: { version: "1.35" } };

/** What goes when this changes. Whatever is not named here stays, or is changed as it is. */
const changes: readonly {
    readonly what: string;
    readonly to: Choices;
    readonly replaces: string[];
}[] = [
    {
        what: "the release of Kubernetes",
        to: { parent: { version: "1.36" } },
        replaces: [],
    },
    {
        what: "the instance type of the nodes",
        to: { parent: { nodes: { instanceTypes: ["m7i.xlarge"] } } },
        replaces: ["Attachment api-nodes-0", "NodeGroup parent-nodes"],
    },
    {
        what: "the size of their disks",
        to: { parent: { nodes: { diskSize: 100 } } },
        replaces: [],
    },
    {
        what: "who may reach the cluster's API",
        to: { parent: { publicAccessFrom: ["198.51.100.0/24"] } },
        replaces: [],
    },
    {
        what: "who may reach Karmada's API",
        to: { allowedRanges: ["10.0.0.0/8", "192.168.0.0/16"] },
        replaces: [],
    },
    {
        what: "the NAT gateways, from one to one per zone",
        to: { network: { nat: "perZone" } },
        replaces: [],
    },
    {
        what: "the type of the management host",
        to: { host: { instanceType: "t3.medium" } },
        replaces: [],
    },
];

describe("Everything in AWS, by the real engine", function () {
    this.timeout(900_000);
    const simulation = new Simulation();
    const { cloud } = simulation;
    const eks = simulation.withApiServer();
    let choices = atFirst;
    let stack: Stack;
    let plan: Changes;

    before(async () => {
        stack = await simulation.stack(async () => awsProgram(choices));
    });

    const plannedFor = (changed: Choices): Promise<Changes> => {
        choices = { ...atFirst, ...changed, parent: { ...atFirst.parent, ...changed.parent } };
        return planned(stack).finally(() => (choices = atFirst));
    };

    it("is planned whole while nothing is there, and nothing is made by that", async () => {
        plan = await planned(stack);

        assert.deepEqual(Object.keys(plan), ["create"]);
        for (const resource of [
            "Vpc net",
            "NodeGroup parent-nodes",
            "StorageClass parent-ebs-sc",
        ]) {
            assert.ok(plan.create!.includes(resource), resource);
        }
        assert.deepEqual(cloud.things(), []);
    });

    it("goes on where it stopped when AWS refuses each tenth resource [END-1]", async () => {
        let refusals = 0;
        for (;;) {
            cloud.disturb({ method: "create", nth: 10, error: "ServiceUnavailable" });
            const before = cloud.things().length;
            const outcome = await done(stack).catch(String);
            if (typeof outcome !== "string") break;
            refusals++;
            assert.match(outcome, /ServiceUnavailable/);
            assert.ok(cloud.things().length > before, "it must get further");
        }
        cloud.disturb();

        assert.ok(refusals >= 5, `${refusals} refusals`);
        const names = cloud.things().map(({ type, name }) => `${type.split(":").pop()!} ${name}`);
        assert.deepEqual(
            names.sort(),
            [...new Set(plan.create)].filter((resource) => names.includes(resource)),
            "each thing once",
        );
    });

    it("finds nothing to do afterwards", async () => {
        assert.deepEqual(await planned(stack), {});
    });

    it("finds nothing changed when it looks at all of it again", async () => {
        const { summary } = await stack.refresh();

        assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);
    });

    it("makes the class of volumes in the cluster, as whom the AWS CLI says one is [PAR-4]", async () => {
        const found = await eks.api.client.get(storageClass);

        assert.equal(found?.provisioner, "ebs.csi.aws.com");
        assert.equal(found?.volumeBindingMode, "WaitForFirstConsumer");
    });

    it("gives whoever made the cluster no right in it, and lets its traffic be shifted [PAR-2]", () => {
        const [cluster] = cloud.things("aws:eks/cluster:Cluster");

        assert.deepEqual(cluster!.inputs.accessConfig, {
            authenticationMode: "API",
            bootstrapClusterCreatorAdminPermissions: false,
        });
        assert.deepEqual(cluster!.inputs.zonalShiftConfig, { enabled: true });
    });

    for (const { what, to, replaces } of changes) {
        const fate = replaces.length === 0 ? "nothing" : replaces.join(" and ");
        it(`replaces ${fate} and deletes nothing for another value of ${what}`, async () => {
            const { replace = [], delete: gone = [], ...others } = await plannedFor(to);

            assert.deepEqual({ replace, gone }, { replace: replaces, gone: [] });
            assert.ok(replace.length + Object.keys(others).length > 0, "it is a change");
        });
    }

    it("keeps network and load balancer when the cluster gets another name", async () => {
        const { replace = [], delete: gone = [] } = await plannedFor({
            parent: { clusterName: "other" },
        });

        assert.ok(replace.includes("Cluster parent-eksCluster"));
        assert.deepEqual(gone, []);
        assert.deepEqual(
            replace.filter((resource) => / net(-|$)|LoadBalancer|Bucket/.test(resource)),
            [],
        );
    });

    it("adds a zone without touching the others' subnets; the node group is made anew [NET-1]", async () => {
        const before = cloud.things("aws:ec2/subnet:Subnet").map(({ id }) => id);
        choices = { ...atFirst, network: { zones } };
        const { create = [], replace = [] } = await done(stack);

        assert.deepEqual(
            create.filter((resource) => resource.startsWith("Subnet ")),
            ["Subnet net-private-4", "Subnet net-public-4"],
        );
        assert.deepEqual(replace, ["Attachment api-nodes-0", "NodeGroup parent-nodes"]);
        const now = cloud.things("aws:ec2/subnet:Subnet").map(({ id }) => id);
        assert.deepEqual(
            before.filter((id) => !now.includes(id)),
            [],
        );
    });

    it("goes away in order, and leaves but the snapshots and what guards them [END-1]", async () => {
        const order = await destroyed(stack);

        const inOrder = [
            "StorageClass parent-ebs-sc",
            "AccessPolicyAssociation parent-admin-111122223333-role-platform",
            "Cluster parent-eksCluster",
            "Subnet net-private-1",
            "Vpc net",
        ];
        const found = order.filter((resource) => inOrder.includes(resource));
        // Network and the component around it have one name.
        assert.deepEqual([...new Set(found)], inOrder);
        assert.ok(
            order.indexOf("StorageClass parent-ebs-sc") < order.indexOf("NodeGroup parent-nodes"),
        );
        assert.equal(await eks.api.client.get(storageClass), undefined);
        const left = cloud.things().map(({ name }) => name);
        assert.deepEqual(left.sort(), [
            "backup-encryption",
            "backup-key",
            "backup-lifecycle",
            "backup-ownership",
            "backup-private",
            "backup-snapshots",
            "backup-tls",
            "backup-versions",
        ]);
    });
});
