import assert from "node:assert/strict";
import type { PlannedResource } from "../../../../local/offline";
import { costOf } from "../../../../local/plan/cost";
import { Inventory } from "../../../../local/plan/inventory";
import { instanceHour, prices } from "../../../../local/plan/prices";
import { balancer, cluster, etcd, network, planned, providerOf } from "./planned";

const home = "eu-central-1";
const cost = (...resources: readonly PlannedResource[]) =>
    costOf(new Inventory([providerOf(home), ...resources]), home);
const amounts = (...resources: readonly PlannedResource[]) =>
    Object.fromEntries(
        cost(...resources).lines.map(({ what, quantity, price }) => [what, [quantity, price]]),
    );

describe("the cost of a month (COST-1)", () => {
    it("has the control plane of EKS, its nodes and their disks", () => {
        assert.deepEqual(amounts(...cluster("karmada")), {
            "nodes, m7i.large": [3 * 730, 0.12075],
            "EKS control planes": [730, 0.1],
            "disks of nodes, gp3": [150, 0.0952],
        });
    });

    it("has a network's gateways, their public addresses, and says how much data it assumes", () => {
        const { lines } = cost(...network("karmada", "10.0.0.0/16"));
        assert.deepEqual(
            lines.map(({ what, quantity, assuming }) => [what, quantity, assuming]),
            [
                ["NAT gateways", 730, undefined],
                ["public addresses", 730, undefined],
                ["NAT data", 50, "50 GB a gateway"],
            ],
        );
    });

    it("counts the public addresses of a load balancer that faces the internet, and of no other", () => {
        assert.deepEqual(amounts(...balancer(false, []))["public addresses"], [3 * 730, 0.005]);
        assert.equal(amounts(...balancer(true, []))["public addresses"], undefined);
    });

    it("takes endpoints by zone, and those that are gateways for nothing", () => {
        const endpoint = (vpcEndpointType: string) =>
            planned("aws:ec2/vpcEndpoint:VpcEndpoint", "net-ecr", {
                vpcEndpointType,
                subnetIds: ["a", "b"],
            });
        const what = "interface endpoints, a zone each";
        assert.deepEqual(amounts(endpoint("Interface"))[what], [2 * 730, 0.012]);
        assert.deepEqual(amounts(endpoint("Gateway")), {});
    });

    it("counts etcd's volumes where the stack makes the cluster, and nowhere else", () => {
        assert.deepEqual(amounts(etcd(3))["volumes of etcd, gp3"], [30, 0.0952]);
        assert.deepEqual(costOf(new Inventory([etcd(3)]), undefined).lines, []);
    });

    it("sums up by Region", () => {
        const { lines, monthly, regions } = cost(
            ...cluster("one"),
            providerOf("us-east-1"),
            ...cluster("two", { region: "us-east-1" }),
        );
        const control = lines.filter(({ what }) => what === "EKS control planes");
        assert.deepEqual(
            control.map(({ region, monthly }) => [region, monthly]),
            [
                ["eu-central-1", 73],
                ["us-east-1", 73],
            ],
        );
        assert.deepEqual(Object.keys(regions), ["eu-central-1", "us-east-1"]);
        assert.ok(Math.abs(regions["eu-central-1"]! + regions["us-east-1"]! - monthly) < 1e-9);
    });

    it("lists what it has no price for instead of taking it for free", () => {
        const { notPriced, lines } = cost(
            ...cluster("karmada", { instanceType: "x9.large" }),
            planned("aws:rds/instance:Instance", "database"),
            providerOf("mars-north-1"),
            planned("aws:kms/key:Key", "far", {}, { region: "mars-north-1" }),
        );
        assert.deepEqual(notPriced, [
            "Instance database",
            "nodes, x9.large, in eu-central-1",
            "keys, in mars-north-1",
        ]);
        assert.equal(lines.find(({ what }) => what === "nodes, x9.large")!.monthly, undefined);
    });

    it("takes networks, rights and what belongs to a bucket for free", () => {
        const free = [
            "aws:iam/role:Role",
            "aws:ec2/subnet:Subnet",
            "aws:s3/bucketPolicy:BucketPolicy",
            "aws:eks/addon:Addon",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        ];
        const { lines, notPriced } = cost(...free.map((type) => planned(type, "it")));
        assert.deepEqual([lines, notPriced], [[], []]);
    });

    it("says which prices of the Regions in use were not found in a price list", () => {
        assert.match(cost(...cluster("karmada")).unverified.join(), /NAT data in eu-central-1/);
        const american = planned("aws:kms/key:Key", "key", {}, { region: "us-east-1" });
        const { unverified } = costOf(new Inventory([providerOf("us-east-1"), american]), home);
        assert.deepEqual(unverified, []);
    });
});

describe("the price table", () => {
    it("prices sizes of a family in proportion, as AWS does", () => {
        const { "us-east-1": east, "eu-central-1": frankfurt } = prices;
        assert.equal(instanceHour(east!, "t3.medium"), 0.0416);
        assert.equal(instanceHour(east!, "m7i.large"), 0.1008);
        assert.equal(instanceHour(frankfurt!, "t3.small"), 0.024);
    });

    it("has no price for a family or size that it does not know", () => {
        assert.equal(instanceHour(prices["us-east-1"]!, "x9.large"), undefined);
        assert.equal(instanceHour(prices["us-east-1"]!, "t3.giant"), undefined);
    });
});
