import assert from "node:assert/strict";
import type { PlannedResource } from "../../../../local/offline";
import { Inventory } from "../../../../local/plan/inventory";
import { coresOf } from "../../../../local/plan/machines";
import { quotasOf } from "../../../../local/plan/quotas";
import { balancer, cluster, network, planned, providerOf } from "./planned";

const usesOf = (...resources: readonly PlannedResource[]) =>
    Object.fromEntries(
        quotasOf(new Inventory(resources)).map(({ region, quota, uses }) => [
            `${region} ${quota.name}`,
            uses,
        ]),
    );

describe("quotas", () => {
    it("are counted by Region", () => {
        const uses = usesOf(
            ...network("one", "10.0.0.0/16"),
            ...network("two", "10.1.0.0/16"),
            ...network("three", "10.2.0.0/16", "us-east-1"),
        );
        assert.equal(uses["eu-central-1 VPCs"], 2);
        assert.equal(uses["us-east-1 VPCs"], 1);
        assert.equal(uses["eu-central-1 Elastic IP addresses"], 2);
        assert.equal(uses["eu-central-1 NAT gateways in a zone"], 2, "both in the first zone");
    });

    it("of node groups are those of the cluster that has most of them", () => {
        const [around, ...rest] = cluster("one");
        const second = planned("aws:eks/nodeGroup:NodeGroup", "one-more", {}, { within: around });
        const uses = usesOf(
            ...network("n", "10.0.0.0/16"),
            around!,
            ...rest,
            second,
            ...cluster("two"),
        );
        assert.equal(uses["eu-central-1 EKS clusters"], 2);
        assert.equal(uses["eu-central-1 node groups in a cluster"], 2);
    });

    it("of instances are in vCPUs, of all nodes and hosts together", () => {
        const host = planned("aws:ec2/instance:Instance", "host", { instanceType: "t3.small" });
        const uses = usesOf(...network("n", "10.0.0.0/16"), ...cluster("one"), host);
        assert.equal(uses["eu-central-1 vCPUs of standard on-demand instances"], 3 * 2 + 2);
    });

    it("of rules and load balancers are counted too", () => {
        const uses = usesOf(
            ...network("n", "10.0.0.0/16"),
            ...balancer(true, ["10.0.0.0/8", "192.168.0.0/16"]),
        );
        assert.equal(uses["eu-central-1 rules in a security group, a direction"], 2);
        assert.equal(uses["eu-central-1 network load balancers"], 1);
    });

    it("know the vCPUs of a size", () => {
        const sizes = ["t3.medium", "m7g.medium", "m7i.large", "m7i.xlarge", "m7i.12xlarge"];
        assert.deepEqual(sizes.map(coresOf), [2, 1, 2, 4, 48]);
        assert.equal(coresOf("m7i.metal-24xl"), 96);
    });

    it("do not count instances that have a quota of their own", () => {
        const uses = usesOf(
            providerOf("eu-central-1"),
            ...cluster("karmada"),
            ...cluster("learning", { instanceType: "g5.xlarge" }),
        );
        assert.equal(uses["eu-central-1 vCPUs of standard on-demand instances"], 6);
    });
});
