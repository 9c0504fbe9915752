import * as path from "node:path";
import { prepareEngine, runPulumi } from "../engine";
import { localStack as stack, localStackFile as stackFile } from "../engine/localStack";
import { openStateDirectory } from "../federation";
import { runCommand } from "../support/command";
import { UserError } from "../support/errors";
import { stateDir } from "../support/root";
import { progressOn } from "../support/terminal";
import { ensureBinaries } from "../toolchain";

/** `npm run pulumi -- ARGUMENTS`: the engine's own CLI on the local stack, whatever its arguments. */
export function main(args: string[]): void {
    runCommand(async () => {
        if (args[0] === "config" && args.length > 1 && args[1] !== "get") {
            throw new UserError(`The settings are in ${path.basename(stackFile)}: edit that file.`);
        }
        const { pulumi } = await ensureBinaries(["pulumi"], progressOn(process.stderr));
        openStateDirectory(stateDir);
        const engine = await prepareEngine({ stateDir, stack, stackFile, pulumi });
        process.exitCode = await runPulumi(engine, args);
    });
}
