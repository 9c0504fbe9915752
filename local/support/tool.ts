import { spawn } from "node:child_process";
import * as path from "node:path";
import { projectRoot } from "./root";

/** Runs a tool of node_modules/.bin; answers its exit code. */
export function runTool(name: string, args: readonly string[]): Promise<number> {
    const file = path.join(projectRoot, "node_modules", ".bin", name);
    return new Promise((resolve, reject) => {
        spawn(file, args, { cwd: projectRoot, stdio: "inherit" })
            .once("error", reject)
            .once("close", (code) => resolve(code ?? 1));
    });
}
