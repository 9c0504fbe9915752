import assert from "node:assert/strict";
import type { PlannedResource } from "../../../../local/offline";
import { planAsText, planOf } from "../../../../local/plan";
import { balancer, cluster, etcd, member, network, planned } from "./planned";

const now = new Date("2026-11-21T12:00:00Z");
const textOf = (resources: readonly PlannedResource[], outputs = {}) =>
    planAsText(planOf({ stack: "dev", resources, outputs }, now));

describe("a plan, to be read", () => {
    const everything = [
        ...network("karmada", "10.0.0.0/16"),
        ...cluster("karmada-parent"),
        ...balancer(false, ["203.0.113.0/24"]),
        etcd(3),
        member("one", "Push", "eu-central-1"),
    ];

    it("begins with the count of resources and the cost, and says that AWS was not asked", () => {
        assert.match(
            textOf(everything),
            /^Plan of stack dev: \d+ resources, about \d+ USD a month\. AWS was not asked\.\n/,
        );
    });

    it("has its sections in the order in which one asks", () => {
        const titles = textOf(everything, {
            workloads: [
                { namespace: "sample", name: "nginx", replicas: 3, predicted: [{ one: 3 }] },
            ],
            certificates: [{ name: "admin", subject: "CN=x", notAfter: "2027-11-21T12:00:00Z" }],
        })
            .split("\n\n")
            .filter((part) => /^[A-Z][a-z' ]+$/.test(part));
        assert.deepEqual(titles, [
            "What there will be",
            "Who can call what",
            "Certificates",
            "Where replicas will run",
            "What a month costs",
            "Quotas of the account",
        ]);
    });

    it("leaves out what a stack without AWS has not: cost, quotas, what is open", () => {
        const text = textOf([member("one", "Push", "eu-central-1"), etcd(3)]);
        assert.equal(text.split("\n\n")[0], "Plan of stack dev: 2 resources. AWS was not asked.");
        assert.doesNotMatch(text, /USD|Quotas|Who can call/);
    });

    it("says which quota has to be raised first", () => {
        const lines = textOf(everything).split("\n");
        const cores = lines.find((line) => line.includes("vCPUs"))!;
        assert.match(cores, /6\s+5\s+ask for more\s+ec2 L-1216C47A$/);
        assert.match(
            lines.find((line) => line.includes("VPCs"))!,
            /1\s+5\s+fits/,
        );
    });

    it("lists what it cannot price", () => {
        const text = textOf([...everything, planned("aws:rds/instance:Instance", "database")]);
        assert.match(text, /Not priced, and so in no sum:\n {2}- Instance database\n/);
    });

    it("is data for machines: no unknown and nothing that JSON cannot hold", () => {
        const plan = planOf({ stack: "dev", resources: everything, outputs: {} }, now);
        assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
    });
});
