import assert from "node:assert/strict";
import type { PlannedResource } from "../../../../local/offline";
import { Inventory } from "../../../../local/plan/inventory";
import { topologyOf } from "../../../../local/plan/topology";
import { balancer, cluster, component, etcd, member, network, planned } from "./planned";

const drawn = (...resources: readonly PlannedResource[]) =>
    topologyOf("test", new Inventory(resources), [
        {
            namespace: "sample",
            workload: "nginx",
            replicas: 9,
            members: [
                { member: "one", weight: 1, predicted: [3] },
                { member: "two", weight: 2, predicted: [6] },
            ],
        },
    ]);

describe("what there is to draw of a stack", () => {
    const all = [
        ...network("karmada", "10.0.0.0/16"),
        ...network("one", "10.1.0.0/16"),
        ...cluster("one", { instanceType: "t3.medium" }),
        ...cluster("karmada-parent"),
        ...balancer(false, []),
        component("NetworkPeering", "one"),
        etcd(3),
        planned("kubernetes:apps/v1:Deployment", "karmada-apiserver", {
            metadata: { name: "karmada-apiserver" },
            spec: { replicas: 2 },
        }),
        planned("aws:s3/bucket:Bucket", "snapshots"),
        planned("aws:ec2/instance:Instance", "host", { instanceType: "t3.small" }),
        member("two", "Pull", "us-east-1"),
        member("one", "Push", "eu-central-1"),
    ];

    it("is the control plane, in the cluster and the network that are no member's", () => {
        const { home } = drawn(...all);
        assert.deepEqual(home, {
            region: "eu-central-1",
            network: {
                name: "karmada",
                range: "10.0.0.0/16",
                zones: [
                    {
                        name: "eu-central-1a",
                        publicRange: "public a",
                        privateRange: "private a",
                        nat: true,
                    },
                    {
                        name: "eu-central-1b",
                        publicRange: "public b",
                        privateRange: "private b",
                        nat: false,
                    },
                ],
            },
            cluster: {
                name: "karmada-parent-in-eks",
                version: "1.36",
                nodes: 3,
                nodeType: "m7i.large",
            },
            etcdMembers: 3,
            apiServers: 2,
            loadBalancer: { name: "karmada-lb", internetFacing: true, port: 32443 },
            host: "t3.small",
            snapshots: true,
        });
    });

    it("is every member, with its own cluster where the stack makes it", () => {
        const [one, two] = drawn(...all).members;
        assert.deepEqual(one, {
            name: "one",
            mode: "push",
            region: "eu-central-1",
            cluster: { name: "one-in-eks", version: "1.36", nodes: 3, nodeType: "t3.medium" },
            range: "10.1.0.0/16",
            peered: true,
            shares: [{ workload: "nginx", weight: 1, predicted: [3] }],
        });
        assert.deepEqual(two, {
            name: "two",
            mode: "pull",
            region: "us-east-1",
            peered: false,
            shares: [{ workload: "nginx", weight: 2, predicted: [6] }],
        });
    });

    it("is members alone where Karmada runs elsewhere", () => {
        const { home, members } = drawn(member("one", "Push", "eu-central-1"));
        assert.equal(home, undefined);
        assert.equal(members.length, 1);
    });

    it("tells a control plane in a cluster that the stack does not make", () => {
        const { home, guestIn } = topologyOf("test", new Inventory([etcd(3)]), [], "eu-west-1");
        assert.deepEqual([home, guestIn], [undefined, "eu-west-1"]);
    });

    it("has a zone for each node of a network that is not the stack's", () => {
        const { home } = drawn(...cluster("karmada-parent"));
        assert.equal(home!.network.range, undefined);
        assert.deepEqual(
            home!.network.zones.map(({ name }) => name),
            ["zone 1", "zone 2", "zone 3"],
        );
    });
});
