import assert from "node:assert/strict";
import { type PlannedResource, unknown } from "../../../../local/offline";
import { exposureOf } from "../../../../local/plan/exposure";
import { Inventory } from "../../../../local/plan/inventory";
import { balancer, cluster, network, planned, providerOf } from "./planned";

const exposed = (...resources: readonly PlannedResource[]) =>
    exposureOf(new Inventory([providerOf("eu-central-1"), ...resources])).map(
        ({ what, reach, from }) => [what, reach, from],
    );

describe("what a plan says of who can call what (SEC)", () => {
    it("tells a load balancer that faces the internet from one that does not", () => {
        assert.deepEqual(exposed(...balancer(false, ["203.0.113.0/24"])), [
            ["1 rule of KarmadaEndpoint karmada", "internet", ["203.0.113.0/24"]],
            ["load balancer karmada-lb", "internet", ["203.0.113.0/24"]],
        ]);
        assert.deepEqual(exposed(...balancer(true, ["10.0.0.0/8"])), [
            ["1 rule of KarmadaEndpoint karmada", "private", ["10.0.0.0/8"]],
            ["load balancer karmada-lb", "private", ["10.0.0.0/8"]],
        ]);
    });

    it("says that there are addresses which nobody knows before the update", () => {
        const [, [, , from] = []] = exposed(...balancer(false, ["203.0.113.0/24", unknown]));
        assert.deepEqual(from, ["203.0.113.0/24", "addresses not known yet"]);
    });

    it("takes a public endpoint of EKS without ranges for open to all, as EKS does", () => {
        const open = { endpointPublicAccess: true };
        const toSome = { ...open, publicAccessCidrs: ["198.51.100.0/24"] };
        assert.deepEqual(exposed(...cluster("one", { vpcConfig: open })), [
            ["EKS cluster one-in-eks", "internet", ["0.0.0.0/0"]],
        ]);
        assert.deepEqual(exposed(...cluster("one", { vpcConfig: toSome })), [
            ["EKS cluster one-in-eks", "internet", ["198.51.100.0/24"]],
        ]);
        assert.deepEqual(exposed(...cluster("one")), [["EKS cluster one-in-eks", "private", []]]);
    });

    it("shows an instance with a public address", () => {
        const instance = (associatePublicIpAddress: boolean) =>
            planned("aws:ec2/instance:Instance", "host", { associatePublicIpAddress });
        assert.deepEqual(exposed(instance(true)), [["instance host", "internet", []]]);
        assert.deepEqual(exposed(instance(false)), [["instance host", "private", []]]);
    });

    it("lists NAT gateways, by which one can only get out", () => {
        assert.deepEqual(exposed(...network("karmada", "10.0.0.0/16")), [
            ["1 NAT gateway of karmada", "outbound", []],
        ]);
    });
});
