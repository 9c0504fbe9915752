import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { type OfflinePreview, previewOffline, unknown } from "../../local/offline";
import { inScene, type Scene } from "../../local/offline/scene";
import { findStackFile } from "../../local/offline/stackFile";
import { Cloud } from "../../local/simulation/cloud/cloud";
import { silent } from "../../local/support/progress";
import { projectRoot } from "../../local/support/root";
import { ensureBinaries } from "../../local/toolchain";
import { temporaryFolder } from "../support/temporary";

const policyPack = path.join(projectRoot, "policies");
const profile = (name: string) => path.join(policyPack, "profiles", `${name}.json`);

/** What depends on something that failed is left out, the rest is made. */
const onWithOthers = "--continue-on-error";

const cloudOf = ({ folder }: Scene) => new Cloud(path.join(folder, "cloud"));

/** How many of each type. */
const counted = ({ resources }: OfflinePreview, ...types: string[]) =>
    types.map((type) => resources.filter((resource) => resource.type === type).length);

const mandatory = ({ policies }: OfflinePreview) =>
    policies.violations.filter(({ level }) => level === "mandatory");

describe("The stacks of this project, by the real engine, offline", function () {
    this.timeout(600_000);
    const folder = temporaryFolder();
    const previews: Record<string, OfflinePreview> = {};

    /** The engine's own command line, with all that it prints. */
    const run = async ({ folder: cwd, environment: env }: Scene, ...args: string[]) => {
        const { pulumi } = await ensureBinaries(["pulumi"], silent);
        const options = { cwd, env, maxBuffer: 1 << 28 };
        return new Promise<{ code: number; told: string }>((resolve) =>
            execFile(pulumi, args, options, (error, stdout, stderr) =>
                resolve({ code: Number(error?.code ?? 0), told: stdout + stderr }),
            ),
        );
    };

    /** The stack file of the project with other words in it, in a folder of its own. */
    const edited = (stack: string, from: RegExp, to: string): string => {
        const name = `Pulumi.${stack}.yaml`;
        const text = readFileSync(path.join(projectRoot, name), "utf8");
        assert.match(text, from);
        const place = path.join(folder, to.replace(/\W+/g, "-"));
        mkdirSync(place);
        writeFileSync(path.join(place, name), text.replace(from, to));
        return path.join(place, name);
    };

    for (const stack of ["dev", "prod"]) {
        it(`previews all of ${stack} where nothing exists, and keeps its profile of the policies`, async () => {
            const policyConfig = profile(stack);
            const preview = await previewOffline(stack, {
                progress: silent,
                policyPack,
                policyConfig,
            });
            previews[stack] = preview;

            assert.deepEqual(mandatory(preview), []);
            assert.equal(preview.exitCode, 0);
            assert.deepEqual(
                preview.diagnostics.filter(({ severity }) => severity === "error"),
                [],
            );
        });
    }

    it("has one parent and three members, each with three subnets of each kind [NET-1] [PAR-1] [WRK-1]", () => {
        const types = ["aws:ec2/vpc:Vpc", "aws:eks/cluster:Cluster", "aws:ec2/subnet:Subnet"];
        for (const stack of ["dev", "prod"]) {
            assert.deepEqual(counted(previews[stack]!, ...types), [4, 4, 24], stack);
        }
    });

    it("has one NAT gateway a network in dev, and one a zone in prod [NET-1]", () => {
        const nat = "aws:ec2/natGateway:NatGateway";
        assert.deepEqual([counted(previews.dev!, nat), counted(previews.prod!, nat)], [[4], [12]]);
    });

    it("has one load balancer, and a budget [LB-1] [COST-1]", () => {
        const types = ["aws:lb/loadBalancer:LoadBalancer", "aws:budgets/budget:Budget"];
        for (const stack of ["dev", "prod"]) {
            assert.deepEqual(counted(previews[stack]!, ...types), [1, 1], stack);
        }
    });

    it("divides the sample as 3 / 3 / 6 before anything exists [WRK-1]", () => {
        const [sample] = previews.dev!.outputs.workloads as [{ predicted: unknown }];
        assert.deepEqual(sample.predicted, [{ ekseucl01: 3, ekseucl02: 3, eksuscl01: 6 }]);
    });

    it("puts the load balancer's name, which nobody knows yet, into the certificate of Karmada's API [LB-1] [KAR-2]", () => {
        const named = previews.prod!.resources.filter(
            ({ type, inputs }) =>
                type === "tls:index/certRequest:CertRequest" &&
                (inputs.dnsNames === unknown || [inputs.dnsNames].flat().includes(unknown)),
        );
        assert.equal(named.length, 1);
        // The number is that of the nine months in which it is made.
        assert.match(named[0]!.name, /^karmada-apiserver-request-\d+$/);
    });

    it("tells no secret", () => {
        const text = JSON.stringify(previews, (_, value: unknown) =>
            value === unknown ? "unknown" : value,
        );
        assert.doesNotMatch(text, /PRIVATE KEY/);
    });

    it("stops prod with one NAT gateway for all zones, and says what to set", async () => {
        const file = edited("prod", /nat: perZone/g, "nat: single");
        const policyConfig = profile("prod");
        const preview = await previewOffline(file, { progress: silent, policyPack, policyConfig });

        assert.notEqual(preview.exitCode, 0);
        const broken = mandatory(preview).filter(({ policy }) => policy === "nat-per-zone");
        assert.match(
            broken.map(({ message }) => message).join(),
            /make one in each, with nat set to "perZone"/,
        );
    });

    it("makes dev in AWS up to where clusters must answer, and takes it away without a rest [END-1]", async () => {
        await inScene(findStackFile("dev"), async (scene) => {
            const { code, told } = await run(scene, "up", "--yes", "--skip-preview", onWithOthers);

            assert.notEqual(code, 0);
            assert.match(told, /There is no cluster here to make it in/);
            const made = (type: string) => cloudOf(scene).things(type).length;
            assert.deepEqual(
                [
                    "aws:eks/cluster:Cluster",
                    "aws:eks/nodeGroup:NodeGroup",
                    "aws:lb/loadBalancer:LoadBalancer",
                    "aws:ec2/natGateway:NatGateway",
                ].map(made),
                [4, 12, 1, 4],
            );

            assert.equal((await run(scene, "destroy", "--yes", "--skip-preview")).code, 0);
            assert.deepEqual(cloudOf(scene).things(), []);
        });
    });

    it("makes the networks of prod in a first up that reaches no cluster, and makes nothing of AWS twice [NET-1]", async () => {
        await inScene(findStackFile("prod"), async (scene) => {
            const made = (type: string) => cloudOf(scene).things(type).length;
            const up = () => run(scene, "up", "--yes", "--skip-preview", onWithOthers);

            assert.notEqual((await up()).code, 0);
            assert.deepEqual(
                [
                    "aws:ec2/vpc:Vpc",
                    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
                    "aws:eks/cluster:Cluster",
                    "aws:lb/loadBalancer:LoadBalancer",
                ].map(made),
                [4, 3, 4, 1],
            );

            const all = cloudOf(scene).things().length;
            await up();
            assert.equal(cloudOf(scene).things().length, all);
        });
    });

    it("tells every mistake of a stack file at once, in seconds", async () => {
        const file = edited("dev", /nat: single/g, "nat: singel");
        await assert.rejects(
            previewOffline(file, { progress: silent }),
            /network\.nat is "singel"; use "none", "single"[^]*members\[2\]\.newCluster\.nat is "singel"/,
        );
    });

    it("finds no stack file where there is none, and says how one is named", async () => {
        await assert.rejects(previewOffline("nowhere", { progress: silent }), /no stack file/);
        await assert.rejects(previewOffline("a/b.yaml", { progress: silent }), /Pulumi\.STACK/);
    });
});
