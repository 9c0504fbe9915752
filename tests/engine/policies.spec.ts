import * as assert from "node:assert/strict";
import * as path from "node:path";
import { engineLayout } from "../../local/engine/layout";
import { installPlugins } from "../../local/engine/plugins";
import { projectRoot } from "../../local/support/root";
import { temporaryFolder } from "../support/temporary";
import { awsProgram } from "./support/awsProgram";
import { Simulation } from "./support/simulation";

const pack = path.join(projectRoot, "policies");

describe("the policy pack on a simulated AWS, by the real engine", function () {
    this.timeout(900_000);
    const folder = temporaryFolder();
    const simulation = new Simulation();
    simulation.withApiServer();

    it("finds in a preview what breaks a rule, in children of components too, and nothing else", async () => {
        const stack = await simulation.stack(async () => awsProgram({}));
        // The engine starts a policy pack by a language host, which an inline program does without.
        const home = stack.workspace.envVars.PULUMI_HOME!;
        await installPlugins({ ...engineLayout(folder), home }, path.join(folder, "none"));
        const output = await stack.preview({ policyPacks: [pack] }).then(
            () => "",
            (error: Error) => error.message,
        );
        const broken = [...output.matchAll(/- \[mandatory\] \[severity: \w+\] +([\w-]+)/g)];
        assert.deepEqual([...new Set(broken.map(([, name]) => name))].sort(), [
            "cluster-protected",
            "load-balancer-kept",
            "logs-kept",
            "nat-per-zone",
            "resources-tagged",
        ]);
        assert.match(output, /1 NAT gateways serve private subnets in 3 zones/);
        assert.match(output, /cluster-protected +\(aws:eks\/cluster:Cluster: parent-eksCluster\)/);
    });
});
