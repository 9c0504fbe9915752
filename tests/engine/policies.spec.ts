import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import type { Stack } from "@pulumi/pulumi/automation";
import { engineLayout } from "../../local/engine/layout";
import { installPlugins } from "../../local/engine/plugins";
import { projectRoot } from "../../local/support/root";
import { temporaryFolder } from "../support/temporary";
import { awsProgram } from "./support/awsProgram";
import { Simulation } from "./support/simulation";

const pack = path.join(projectRoot, "policies");
const profile = (name: string) => path.join(pack, "profiles", `${name}.json`);

/** As people write it who have not read on. */
function machines(): void {
    new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16", tags: { Name: "net", owner: "us" } });
    new aws.ec2.LaunchTemplate("nodes", {
        instanceType: "m7i.large",
        metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 5 },
        blockDeviceMappings: [
            { deviceName: "/dev/xvda", ebs: { volumeSize: 50, volumeType: "gp2" } },
        ],
    });
}

describe("the policy pack on a simulated AWS, by the real engine", function () {
    this.timeout(900_000);
    const folder = temporaryFolder();
    const simulation = new Simulation();
    const { cloud } = simulation;

    const stackOf = async (program: () => void): Promise<Stack> => {
        const stack = await simulation.stack(async () => program());
        // The engine starts a policy pack by a language host, which an inline program does without.
        const home = stack.workspace.envVars.PULUMI_HOME!;
        await installPlugins({ ...engineLayout(folder), home }, path.join(folder, "none"));
        return stack;
    };
    /** What the engine says when it refuses; nothing when it does not. */
    const refusal = (run: Promise<unknown>) =>
        run.then(
            () => "",
            (error: Error) => error.message,
        );
    const refusedIn = (output: string) => [
        ...new Set(
            [...output.matchAll(/- \[mandatory\] \[severity: \w+\] +([\w-]+)/g)].map(
                ([, name]) => name!,
            ),
        ),
    ];

    it("refuses by one profile what it lets pass by another [VPC-04]", async () => {
        const stack = await stackOf(() => {
            new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" });
        });
        const by = (name: string) =>
            stack.preview({ policyPacks: [pack], policyPackConfigs: [profile(name)] });
        assert.equal(await refusal(by("dev")), "");
        assert.ok(refusedIn(await refusal(by("prod"))).includes("resources-tagged"));
    });

    it("ends an update that breaks rules, with nothing made [NODE-02] [NODE-03]", async () => {
        const stack = await stackOf(machines);
        const output = await refusal(stack.up({ policyPacks: [pack] }));
        // Whichever of the two comes first ends it.
        const expected = ["imds-v2", "node-disks-encrypted", "resources-tagged"];
        assert.ok(
            refusedIn(output).some((name) => expected.includes(name)),
            output,
        );
        for (const type of ["launchTemplate:LaunchTemplate", "vpc:Vpc"]) {
            assert.deepEqual(cloud.things(`aws:ec2/${type}`), []);
        }
    });

    it("sets right what it is told to, before it is made [NODE-02] [NODE-03] [TAG-01]", async () => {
        const stack = await stackOf(machines);
        const config = path.join(folder, "remediate.json");
        writeFileSync(
            config,
            JSON.stringify({
                all: "disabled",
                "imds-v2": "remediate",
                "node-disks-encrypted": "remediate",
                "resources-tagged": {
                    enforcementLevel: "remediate",
                    values: { owner: "platform", environment: "test", project: "karmada" },
                },
            }),
        );
        await stack.up({ policyPacks: [pack], policyPackConfigs: [config] });
        const [template] = cloud.things("aws:ec2/launchTemplate:LaunchTemplate");
        const { metadataOptions, blockDeviceMappings, tags } = template!.inputs;
        assert.deepEqual(metadataOptions, {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
        });
        assert.deepEqual(blockDeviceMappings, [
            {
                deviceName: "/dev/xvda",
                ebs: { volumeSize: 50, volumeType: "gp3", encrypted: "true" },
            },
        ]);
        assert.deepEqual(tags, { owner: "platform", environment: "test", project: "karmada" });
        const [network] = cloud.things("aws:ec2/vpc:Vpc");
        assert.deepEqual(network!.inputs.tags, {
            Name: "net",
            owner: "us",
            environment: "test",
            project: "karmada",
        });
    });

    describe("with a cluster", () => {
        simulation.withApiServer();

        it("finds in a preview what breaks a rule, in children of components too, and nothing else", async () => {
            const stack = await stackOf(() => awsProgram({}));
            const output = await refusal(stack.preview({ policyPacks: [pack] }));
            assert.deepEqual(refusedIn(output).sort(), [
                "cluster-protected",
                "load-balancer-kept",
                "nat-per-zone",
                "resources-tagged",
            ]);
            assert.match(output, /private subnets are in 3 zones, NAT gateways: 1/);
            assert.match(
                output,
                /cluster-protected +\(aws:eks\/cluster:Cluster: parent-eksCluster\)/,
            );
        });
    });
});
