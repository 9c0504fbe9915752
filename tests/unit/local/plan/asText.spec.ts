import assert from "node:assert/strict";
import type { OfflinePreview, PlannedResource } from "../../../../local/offline";
import { planAsText, planOf } from "../../../../local/plan";
import { balancer, cluster, etcd, member, network, planned, preview } from "./planned";

const now = new Date("2026-11-21T12:00:00Z");
const textOf = (resources: readonly PlannedResource[], told: Partial<OfflinePreview> = {}) =>
    planAsText(planOf(preview(resources, told), now));

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
        const outputs = {
            workloads: [
                { namespace: "sample", name: "nginx", replicas: 3, predicted: [{ one: 3 }] },
            ],
            certificates: [{ name: "admin", subject: "CN=x", notAfter: "2027-11-21T12:00:00Z" }],
        };
        const titles = textOf(everything, { outputs })
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
        const far = cluster("far", { instanceType: "x9.large" });
        const database = planned("aws:rds/instance:Instance", "database");
        const text = textOf([...everything, ...far, database]);
        assert.match(
            text.split("\n")[0]!,
            /, at least \d+ USD a month; 2 lines not priced: Instance database; nodes, x9\.large, in eu-central-1\. AWS/,
        );
        assert.match(text, /^eu-central-1 +in all, at least /m);
        assert.match(text, /^ +all Regions, at least /m);
        assert.match(text, /Not priced, and so in no sum:\n {2}- Instance database\n {2}- nodes/);
    });

    it("says what a stack has that nobody can price, also where that is all of it", () => {
        const database = planned("aws:rds/instance:Instance", "database");
        assert.match(
            textOf([database]),
            /^Plan of stack dev: 1 resource, at least 0 USD a month; 1 line not priced: Instance database\./,
        );
    });

    it("shows what the program warns of, and not what the engine says of outputs", () => {
        const warning = (message: string) => ({ severity: "warning" as const, message });
        const diagnostics = [
            warning('warning: KarmadaControlPlane "karmada": etcd.members is 1; use 3.'),
            warning("warning: Undefined value (connection) will not show as a stack output."),
            { severity: "info" as const, message: "all is well" },
        ];
        const plan = planOf(preview(everything, { diagnostics }), now);
        assert.deepEqual(plan.warnings, [
            'KarmadaControlPlane "karmada": etcd.members is 1; use 3.',
        ]);
        assert.match(
            planAsText(plan),
            /\n\nThe program warns:\n {2}- KarmadaControlPlane "karmada": etcd\.members is 1; use 3\.\n\n/,
        );
    });

    it("says what it has taken to be there because the stack file says so", () => {
        const takenToBeThere = ["EKS cluster shop"];
        assert.match(
            textOf(everything, { takenToBeThere }),
            /\n\nTaken to be there, as the stack file says:\n {2}- EKS cluster shop\n\n/,
        );
    });

    it("counts etcd's volumes in the Region of a cluster that the stack does not make", () => {
        const { cost } = planOf(preview([etcd(3)], { home: "us-east-1" }), now);
        assert.deepEqual(
            cost.lines.map(({ region, what, quantity }) => [region, what, quantity]),
            [["us-east-1", "volumes of etcd, gp3", 30]],
        );
    });

    it("is data for machines: no unknown and nothing that JSON cannot hold", () => {
        const plan = planOf(preview(everything), now);
        assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
    });
});
