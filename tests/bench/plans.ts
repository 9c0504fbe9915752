import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { parse, stringify } from "yaml";
import type { Plan } from "../../local/plan";
import { UserError } from "../../local/support/errors";
import { counted } from "../../local/plan/values";
import { attend } from "../../local/support/interruption";
import type { Progress } from "../../local/support/progress";
import { projectRoot } from "../../local/support/root";
import { project } from "../../stacks/parseSettings";
import { type Cost, costUntil } from "./cost";

export interface PlanRun {
    readonly what: string;
    /** Where one stack is measured with more and more of them. */
    readonly members?: number;
    readonly resources: number;
    readonly cost: Cost;
}

const ofProject = ["dev", "prod"] as const;
const counts = [1, 10, 50] as const;

/** `npm run plan` of the project's stacks, and of the dev stack with more and more members. */
export async function measurePlans(progress: Progress): Promise<PlanRun[]> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-bench-"));
    try {
        const runs: PlanRun[] = [];
        for (const stack of ofProject) {
            runs.push(await progress.step(`plan ${stack}`, () => measure(stack, stack)));
        }
        for (const members of counts) {
            const what = `dev with ${counted(members, "member")}`;
            const file = withMembers(members, folder);
            const run = await progress.step(`plan ${what}`, () => measure(what, file));
            runs.push({ ...run, members });
        }
        return runs;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

async function measure(what: string, stack: string): Promise<PlanRun> {
    const program = path.join(projectRoot, "local", "run.js");
    const child = spawn(process.execPath, [program, "plan", "--stack", stack, "--json"], {
        stdio: ["ignore", "pipe", "pipe"],
    });
    attend(child);
    const end = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [printed, complaints, cost] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        costUntil(child.pid!, end),
    ]);
    if ((await end) !== 0) throw new UserError(`The plan of ${what} failed:\n${complaints}`);
    const { resources } = JSON.parse(printed) as Plan;
    return { what, resources, cost };
}

/** The dev stack with so many members, each like its first one, in a network of its own. */
function withMembers(count: number, folder: string): string {
    const key = (name: string) => `${project}:${name}`;
    const dev = parse(readFileSync(path.join(projectRoot, "Pulumi.dev.yaml"), "utf8")) as {
        config: Record<string, unknown>;
    };
    const [first] = dev.config[key("members")] as [{ newCluster: object }];
    const [workload] = dev.config[key("workloads")] as [object];
    const members = Array.from({ length: count }, (_, at) => ({
        ...first,
        name: `member${at + 1}`,
        newCluster: { ...first.newCluster, cidr: `10.${at + 1}.0.0/16` },
    }));
    const weights = Object.fromEntries(members.map(({ name }) => [name, 1]));
    const file = path.join(folder, `Pulumi.members${count}.yaml`);
    const config = {
        ...dev.config,
        [key("members")]: members,
        [key("workloads")]: [{ ...workload, weights }],
    };
    writeFileSync(file, stringify({ config }));
    return file;
}
