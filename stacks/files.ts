import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readKubeconfig } from "../components/support/kubeconfig";
import { type Problem, shown } from "../components/support/problems";
import { project } from "./parseSettings";

/** Files that a stack file names, read from the project's folder; what is wrong is collected. */
export class StackFiles {
    readonly problems: Problem[] = [];

    constructor(private readonly folder: string = join(__dirname, "..")) {}

    /** `key` is the key in the stack file that names the file. */
    text(key: string, file: string): string {
        try {
            return readFileSync(resolve(this.folder, file), "utf8");
        } catch (error) {
            this.report(key, file, reason(error));
            return "";
        }
    }

    kubeconfig(key: string, file: string): string {
        const before = this.problems.length;
        const text = this.text(key, file);
        const reading = readKubeconfig(text);
        if ("problem" in reading && this.problems.length === before) {
            this.report(key, file, reading.problem);
        }
        return text;
    }

    private report(key: string, file: string, reason: string): void {
        const path = `${project}:${key}`;
        this.problems.push({ path, message: `names ${shown(file)}, which ${reason}` });
    }
}

function reason(error: unknown): string {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    switch (code) {
        case "ENOENT":
            return "does not exist; it is looked for from the project's folder.";
        case "EACCES":
            return "may not be read; check its permissions.";
        case "EISDIR":
            return "is a folder.";
        default:
            return `cannot be read (${String(code ?? error)}).`;
    }
}
