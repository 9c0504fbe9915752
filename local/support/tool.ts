import { spawn } from "node:child_process";
import * as path from "node:path";
import { attend } from "./interruption";
import { projectRoot } from "./root";

/** Runs a tool of node_modules/.bin; answers its exit code. */
export function runTool(name: string, args: readonly string[]): Promise<number> {
    const file = path.join(projectRoot, "node_modules", ".bin", name);
    return new Promise((resolve, reject) => {
        const child = spawn(file, args, { cwd: projectRoot, stdio: "inherit" });
        attend(child);
        child.once("error", reject).once("close", (code) => resolve(code ?? 1));
    });
}
