import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
    CostBudget,
    existingKarmada,
    JoinMode,
    KarmadaBackupStore,
    KarmadaControlPlane,
    KarmadaEndpoint,
    KarmadaParentCluster,
    KarmadaVpc,
    ManagementHost,
    MemberCluster,
    WeightedWorkload,
} from "../../../components";
import { createAuthority } from "../../../local/federation/certificates";
import { rules } from "../../../policies/rules";
import { sampleKubeconfig, sampleSigner } from "../../support/kubeconfigs";
import { isSecret, type Registered, registeredBy } from "../../support/mocks";
import { temporaryFolder } from "../../support/temporary";
import { outputs as ofParent } from "../components/parentCluster/declaredParent";
import { judge, type Sample, type Samples, type Writable } from "./judge";

const { certPem, keyPem: privateKeyPem } = createAuthority("any");
const validityEndTime = "2036-01-01T00:00:00Z";

/** What the real providers would add: identities, by which resources refer to one another. */
const outputs = (resource: Registered): Record<string, unknown> => ({
    arn: `arn:${resource.name}`,
    name: resource.name,
    bucket: resource.name,
    ...ofAmazon(resource),
    ...(resource.type.startsWith("tls:") && {
        certPem,
        validityEndTime,
        certRequestPem: "REQUEST",
        privateKeyPem,
        publicKeyPem: "PUBLIC",
    }),
});

const ofAmazon = (resource: Registered): Record<string, unknown> =>
    resource.type === "awsx:ec2:Vpc"
        ? { vpcId: "vpc-1", privateSubnetIds: [], publicSubnetIds: [], routeTables: [], eips: [] }
        : ofParent(resource);

function sampleOf(resource: Registered): [string, Sample] {
    const { type, name } = resource;
    return [
        `${type} ${name}`,
        { type, props: unwrapped(resource.inputs) as Writable, protect: true },
    ];
}

/** With what rules of the whole program are shown besides: whereby resources refer to one another. */
function identified([key, sample]: [string, Sample]): [string, Sample] {
    const name = key.split(" ")[1]!;
    const identities = { arn: `arn:${name}`, name, id: `${name}-id` };
    return [key, { ...sample, props: { ...identities, ...sample.props } }];
}

function unwrapped(value: unknown): unknown {
    if (isSecret(value)) return unwrapped((value as { value: unknown }).value);
    if (Array.isArray(value)) return value.map(unwrapped);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unwrapped(each)]));
}

describe("this library's own components keep to the policies", () => {
    const definitions = temporaryFolder();
    writeFileSync(
        path.join(definitions, "one.yaml"),
        JSON.stringify({
            apiVersion: "apiextensions.k8s.io/v1",
            kind: "CustomResourceDefinition",
            metadata: { name: "one" },
            spec: {},
        }),
    );
    const tags = { owner: "platform", environment: "prod", project: "karmada" };
    const region = "eu-central-1";

    /** A whole program, as for production. */
    function program() {
        const network = new KarmadaVpc("net", { region, tags });
        const { vpcId } = network;
        const privateSubnetIds = pulumi.output(["subnet-a", "subnet-b", "subnet-c"]);
        new KarmadaParentCluster("parent", {
            region,
            vpcId,
            subnetIds: privateSubnetIds,
            admins: ["arn:aws:iam::111122223333:role/platform"],
            deletionProtection: true,
            tags,
        });
        new KarmadaEndpoint("entrance", {
            vpcId,
            subnetIds: privateSubnetIds,
            autoscalingGroupNames: ["nodes"],
            nodeSecurityGroupId: "sg-nodes",
            allowedRanges: ["10.0.0.0/8"],
            deletionProtection: true,
            tags,
        });
        new KarmadaBackupStore("backup", { region, clusterName: "parent", tags });
        new ManagementHost("host", {
            region,
            vpcId,
            subnetId: privateSubnetIds[0]!,
            clusterName: "parent",
            clusterArn: "arn:cluster",
            clusterSecurityGroupId: "sg-cluster",
            tags,
        });
        new CostBudget("cost", { monthlyLimit: 500, addresses: ["platform@example.com"], tags });
        new KarmadaControlPlane("karmada", {
            kubeconfig: sampleKubeconfig(),
            endpoint: { host: "karmada.example.com", port: 32443 },
            etcd: { storageClassName: "ebs-sc" },
            backup: { bucket: "backup", region },
            definitions,
        });
        const karmada = existingKarmada("api", {
            kubeconfig: sampleKubeconfig(),
            clientSigner: sampleSigner,
        });
        for (const mode of [JoinMode.Push, JoinMode.Pull]) {
            new MemberCluster(mode, { karmada, kubeconfig: sampleKubeconfig(), mode });
        }
        new WeightedWorkload("nginx", {
            karmada,
            namespace: "web",
            replicas: 3,
            weights: { push: 1, pull: 2 },
            podSpec: {
                containers: [
                    {
                        name: "nginx",
                        image: "nginx:1.29",
                        resources: {
                            requests: { cpu: "10m", memory: "16Mi" },
                            limits: { memory: "16Mi" },
                        },
                    },
                ],
            },
        });
    }

    let samples: Samples;
    before(async function () {
        this.timeout(120_000);
        const { all } = await registeredBy(program, {
            outputs,
            answers: () => ({ accountId: "111122223333" }),
        });
        samples = Object.fromEntries(all.filter(({ read }) => !read).map(sampleOf));
    });

    for (const rule of rules) {
        it(`${rule.name} [${rule.id}]`, () => {
            const shown =
                "checkStack" in rule
                    ? Object.fromEntries(Object.entries(samples).map(identified))
                    : samples;
            assert.deepEqual(judge(rule, shown).violations, []);
        });
    }
});
