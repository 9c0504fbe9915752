import * as path from "node:path";
import { openStateDirectory } from "../federation";
import { askProgram, Unanswered } from "../support/ask";
import { UserError } from "../support/errors";
import type { Progress } from "../support/progress";
import { projectRoot, stateDir } from "../support/root";
import { ensureBinaries } from "../toolchain";
import { localStack, localStackFile } from "./localStack";
import { type Engine, prepareEngine } from "./pulumi";
import { refuseMissing } from "./stackFile";

/** The CLI for a stack: the local one's own, or the user's, logged in to wherever they keep their stacks. */
export async function engineFor(stack: string, progress: Progress): Promise<Engine> {
    if (stack === localStack) {
        const { pulumi } = await ensureBinaries(["pulumi"], progress);
        openStateDirectory(stateDir);
        return prepareEngine({ stateDir, stack, stackFile: localStackFile, pulumi });
    }
    refuseMissing(fileOf(stack));
    const environment = {
        ...process.env,
        PULUMI_STACK: stack,
        PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    await requirePulumi(stack, environment);
    return { command: "pulumi", environment };
}

/** Of a stack as Pulumi names them: "dev", or "acme/dev" where it belongs to an organization. */
function fileOf(stack: string): string {
    if (stack.endsWith(".yaml")) {
        throw new UserError(`"${stack}" is a file: name the stack itself, such as dev.`);
    }
    return path.join(projectRoot, `Pulumi.${stack.split("/").at(-1)}.yaml`);
}

async function requirePulumi(stack: string, environment: NodeJS.ProcessEnv): Promise<void> {
    try {
        await askProgram("pulumi", ["version"], {
            environment,
            timeoutMs: 20_000,
            cwd: projectRoot,
        });
    } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        throw new UserError(
            `${error.message}. Where stack ${stack} is kept, only your own Pulumi knows: install it ` +
                `(https://www.pulumi.com/docs/install/) and log in by "pulumi login", see docs/aws.md.`,
        );
    }
}
