import * as path from "node:path";
import { placeDefinitions } from "../toolchain/definitions";
import { writePublishedPack } from "../policies/publishedPack";
import { command } from "../support/command";
import { UserError } from "../support/errors";
import { projectRoot } from "../support/root";
import { progressOn } from "../support/terminal";
import { runTool } from "../support/tool";

export const main = command({
    usage: "npm run build",
    summary:
        "Compiles the components into dist/, with the data of Karmada that they need, and bundles the policy pack.",
    options: [],
    run: async () => {
        if ((await runTool("tsc", ["-p", "tsconfig.build.json"])) !== 0) {
            throw new UserError(
                "the components do not compile; the compiler's messages stand above.",
            );
        }
        const dist = path.join(projectRoot, "dist");
        await placeDefinitions(progressOn(process.stdout), projectRoot, dist);
        await writePublishedPack(path.join(dist, "policies"));
    },
});
