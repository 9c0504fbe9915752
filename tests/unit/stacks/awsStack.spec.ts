import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { awsStack } from "../../../stacks/aws/program";
import { StackFiles } from "../../../stacks/files";
import { bothModes, named, one, registeredBy, valueOf } from "../../support/mocks";
import { temporaryFolder } from "../../support/temporary";
import { onAmazon } from "./amazonMocks";
import {
    changed,
    type Config,
    configOf,
    existingNetwork,
    settingsOf,
    withExisting,
} from "./stackFiles";

const p = "pulumi-karmada-eks";

const component = (name: string) => `pulumi-karmada-eks:index:${name}`;
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const members = ["ekseucl01", "ekseucl02", "eksuscl01"];

/** How many of each component a stack is made of, and of what costs or decides. */
const counts: Readonly<Record<"dev" | "prod", Readonly<Record<string, number>>>> = {
    dev: {
        [component("KarmadaVpc")]: 4,
        [component("KarmadaParentCluster")]: 4,
        [component("KarmadaEndpoint")]: 1,
        [component("KarmadaControlPlane")]: 1,
        [component("KarmadaBackupStore")]: 0,
        [component("ManagementHost")]: 0,
        [component("CostBudget")]: 1,
        [component("NetworkPeering")]: 0,
        [component("MemberCluster")]: 3,
        [component("WeightedWorkload")]: 1,
        "pulumi:providers:aws": 2,
        "aws:eks/nodeGroup:NodeGroup": 12,
        "aws:autoscaling/attachment:Attachment": 3,
        "aws:ec2/route:Route": 0,
        "aws:s3/bucket:Bucket": 0,
    },
    prod: {
        [component("KarmadaVpc")]: 4,
        [component("KarmadaParentCluster")]: 4,
        [component("KarmadaEndpoint")]: 1,
        [component("KarmadaControlPlane")]: 1,
        [component("KarmadaBackupStore")]: 1,
        [component("ManagementHost")]: 1,
        [component("CostBudget")]: 1,
        [component("NetworkPeering")]: 3,
        [component("MemberCluster")]: 3,
        [component("WeightedWorkload")]: 1,
        "pulumi:providers:aws": 2,
        "aws:eks/nodeGroup:NodeGroup": 12,
        "aws:autoscaling/attachment:Attachment": 3,
        // There and back, for three zones and three members.
        "aws:ec2/route:Route": 18,
        "aws:s3/bucket:Bucket": 1,
    },
};

describe("the stack of all of it on AWS", function () {
    this.timeout(300_000);
    const definitions = temporaryFolder();
    const definition = {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "one" },
        spec: {},
    };
    writeFileSync(join(definitions, "one.yaml"), JSON.stringify(definition));

    function run(config: Config, preview: boolean) {
        const { karmada, ...settings } = settingsOf("aws", config);
        return registeredBy(
            () => awsStack({ ...settings, karmada: { ...karmada, definitions } }, new StackFiles()),
            onAmazon(preview),
        );
    }
    type Run = Awaited<ReturnType<typeof run>>;

    const updates = new Map<string, Run>();

    for (const stack of ["dev", "prod"] as const) {
        for (const { mode, preview } of bothModes) {
            describe(`as ${stack} has it (${mode})`, () => {
                let all: Run["all"];
                let result: Run["result"];
                before(async () => {
                    const ran = await run(configOf(`Pulumi.${stack}.yaml`), preview);
                    ({ all, result } = ran);
                    if (!preview) updates.set(stack, ran);
                });

                it("is made of these", () => {
                    const found = Object.keys(counts[stack]).map((type) => [
                        type,
                        named(all, type).length,
                    ]);
                    assert.deepEqual(Object.fromEntries(found), counts[stack]);
                });

                it("has a provider for each Region in use", () => {
                    const providers = named(all, "pulumi:providers:aws");
                    assert.deepEqual(providers, ["aws-eu-central-1", "aws-us-east-1"]);
                });

                it("leaves nothing of AWS to the provider that Pulumi makes by itself", () => {
                    const left = all.filter(
                        ({ type, provider }) =>
                            type.startsWith("aws:") && !provider.startsWith("aws-"),
                    );
                    assert.deepEqual(
                        left.map(({ type, name }) => `${type} ${name}`),
                        [],
                    );
                });

                it("makes what is a member's in the member's Region [MEM-4]", () => {
                    const regionOf = (name: string) =>
                        all.find(
                            (each) =>
                                each.type === "aws:eks/nodeGroup:NodeGroup" &&
                                each.name.startsWith(`${name}-nodes-`),
                        )?.provider;
                    assert.equal(regionOf("karmada-parent"), "aws-eu-central-1");
                    assert.deepEqual(members.map(regionOf), [
                        "aws-eu-central-1",
                        "aws-eu-central-1",
                        "aws-us-east-1",
                    ]);
                });

                it("says whose all of it is, by the providers' tags", () => {
                    for (const name of named(all, "pulumi:providers:aws")) {
                        const { defaultTags } = one(all, name).inputs;
                        const { tags } = JSON.parse(String(defaultTags)) as { tags: object };
                        assert.deepEqual(tags, {
                            owner: "platform",
                            environment: stack,
                            project: "karmada",
                        });
                    }
                });

                it("tells the division of the demo, and where the members are [WRK-1]", async () => {
                    const [workload] = await Promise.all(result.workloads.map(valueOf));
                    assert.deepEqual(workload, {
                        namespace: "sample",
                        name: "nginx",
                        replicas: 12,
                        predicted: [{ ekseucl01: 3, ekseucl02: 3, eksuscl01: 6 }],
                    });
                    assert.deepEqual(
                        result.members.map(({ name }) => name),
                        members,
                    );
                });

                it("puts kubeconfigs out as secrets", async () => {
                    const { karmadaKubeconfig, parentKubeconfig } = result;
                    for (const output of [karmadaKubeconfig, parentKubeconfig]) {
                        assert.equal(await pulumi.isSecret(output), true);
                    }
                });
            });
        }
    }

    describe("where members are called through the internet (dev)", () => {
        let all: Run["all"];
        before(() => ({ all } = updates.get("dev")!));
        const accessTo = (cluster: string) =>
            all.find(({ type, name }) => type === "eks:index:Cluster" && name === cluster)!.inputs
                .publicAccessCidrs;

        it("opens those that Karmada calls to the addresses of its NAT gateway [MEM-1]", () => {
            const [yours, gateway] = ["203.0.113.0/24", "198.51.100.1/32"];
            assert.deepEqual(accessTo("ekseucl01"), [yours, gateway]);
            assert.deepEqual(accessTo("ekseucl02"), [yours, gateway]);
            assert.deepEqual(accessTo("eksuscl01"), [yours]);
        });

        it("opens Karmada to the addresses of those that call it [MEM-2]", () => {
            const rule = one(all, "karmada-from-eksuscl01-nat-1").inputs;
            assert.equal(rule.cidrIpv4, "198.51.100.1/32");
            assert.equal(rule.fromPort, 32443);
            assert.deepEqual(
                named(all, ingress).filter((name) => name.startsWith("karmada-from-")),
                ["karmada-from-203.0.113.0/24", "karmada-from-eksuscl01-nat-1"],
            );
        });
    });

    describe("where members' networks are joined with the parent's (prod)", () => {
        let all: Run["all"];
        let result: Run["result"];
        before(() => ({ all, result } = updates.get("prod")!));

        it("lets Karmada, and whoever runs the program, into the members [MEM-1]", () => {
            for (const member of members) {
                const rules = named(all, ingress).filter((name) =>
                    name.startsWith(`${member}-from-`),
                );
                assert.deepEqual(rules, [
                    `${member}-from-10.0.0.0/16`,
                    `${member}-from-10.255.0.0/16`,
                ]);
            }
        });

        it("lets the member that pulls into Karmada, and nobody else's [MEM-2]", () => {
            const ranges = named(all, ingress)
                .filter((name) => name.startsWith("karmada-from-"))
                .map((name) => name.slice("karmada-from-".length));
            assert.deepEqual(ranges, ["10.0.0.0/16", "10.255.0.0/16", "10.3.0.0/16"]);
        });

        it("leads from each private subnet to the other network", () => {
            const there = one(all, "eksuscl01-there-1").inputs;
            const back = one(all, "eksuscl01-back-3").inputs;
            assert.deepEqual(
                [there.routeTableId, there.destinationCidrBlock, there.region],
                ["routes-private-a", "10.3.0.0/16", "eu-central-1"],
            );
            assert.deepEqual(
                [back.routeTableId, back.destinationCidrBlock, back.region],
                ["routes-private-c", "10.0.0.0/16", "us-east-1"],
            );
        });

        it("keeps etcd's snapshots, where only their job gets at them [KAR-5]", () => {
            assert.deepEqual(named(all, "kubernetes:batch/v1:CronJob").length, 1);
            assert.equal(one(all, "karmada-backup-snapshots").inputs.forceDestroy, false);
        });

        it("puts out what members of other stacks need, as a secret", async () => {
            const connection = (await valueOf(result.connection!)) as Record<string, unknown>;
            assert.equal(await pulumi.isSecret(result.connection!), true);
            assert.deepEqual(Object.keys(connection).sort(), [
                "caCertPem",
                "clientSigner",
                "endpoint",
                "kubeconfig",
            ]);
            assert.equal(connection.clientSigner, undefined, "they may only join by push");
        });
    });

    it("lets Karmada in from a network that is there, by the addresses that are named [MEM-1]", async () => {
        const natAddresses = ["203.0.113.7", "203.0.113.8"];
        const { existing } = existingNetwork;
        const prod = configOf("Pulumi.prod.yaml");
        const member = { ...(configOf("Pulumi.dev.yaml")[`${p}:members`] as Config[])[0]! };
        const admins = ["arn:aws:iam::111122223333:role/platform"];
        const pushing = {
            ...member,
            name: "one",
            newCluster: { ...(member.newCluster as Config), admins },
        };
        const there = changed(withExisting(prod), "network", {
            existing: { ...existing, natAddresses },
        });
        const { all } = await run(changed(there, "members", [pushing]), false);
        const cluster = all.find(
            ({ type, name }) => type === "eks:index:Cluster" && name === "one",
        )!;
        assert.deepEqual(cluster.inputs.publicAccessCidrs, [
            "203.0.113.0/24",
            "203.0.113.7/32",
            "203.0.113.8/32",
        ]);
    });

    it("uses a network, a parent and a member that are there [NET-2] [MEM-4]", async () => {
        const { all } = await run(withExisting(configOf("Pulumi.prod.yaml")), true);
        assert.deepEqual(named(all, "awsx:ec2:Vpc"), []);
        assert.deepEqual(named(all, "eks:index:Cluster"), []);
        assert.deepEqual(named(all, component("MemberCluster")), ["one"]);
    });
});
