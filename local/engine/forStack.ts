import { openStateDirectory } from "../federation";
import { askProgram, Unanswered } from "../support/ask";
import { UserError } from "../support/errors";
import type { Progress } from "../support/progress";
import { projectRoot, stateDir } from "../support/root";
import { ensureBinaries } from "../toolchain";
import { localStack, localStackFile } from "./localStack";
import { type Engine, prepareEngine } from "./pulumi";

/** The CLI for a stack: the local one's own, or the user's, logged in to wherever they keep their stacks. */
export async function engineFor(stack: string, progress: Progress): Promise<Engine> {
    if (stack === localStack) {
        const { pulumi } = await ensureBinaries(["pulumi"], progress);
        openStateDirectory(stateDir);
        return prepareEngine({ stateDir, stack, stackFile: localStackFile, pulumi });
    }
    const environment = {
        ...process.env,
        PULUMI_STACK: stack,
        PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    await requirePulumi(environment);
    return { command: "pulumi", environment };
}

async function requirePulumi(environment: NodeJS.ProcessEnv): Promise<void> {
    try {
        await askProgram("pulumi", ["version"], {
            environment,
            timeoutMs: 20_000,
            cwd: projectRoot,
        });
    } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        throw new UserError(`${error.message}: install Pulumi's CLI, see docs/aws.md.`);
    }
}
