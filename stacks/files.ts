import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readKubeconfig } from "../components/support/kubeconfig";
import { isCertificate, isPrivateKey } from "../components/support/pem";
import { type Problem, shown } from "../components/support/problems";
import { project } from "./parseSettings";

/** Files that a stack file names, read from the project's folder; what is wrong is collected. */
export class StackFiles {
    readonly problems: Problem[] = [];

    constructor(private readonly folder: string = join(__dirname, "..")) {}

    /** `key` is the key in the stack file that names the file; where it names none, that is told elsewhere. */
    text(key: string, file: string): string {
        if (file === "") return "";
        try {
            return readFileSync(resolve(this.folder, file), "utf8");
        } catch (error) {
            this.report(key, file, reason(error));
            return "";
        }
    }

    kubeconfig(key: string, file: string): string {
        return this.checked(key, file, (text) => {
            const reading = readKubeconfig(text);
            return "problem" in reading ? reading.problem : undefined;
        });
    }

    certificate(key: string, file: string): string {
        return this.checked(key, file, (text) =>
            isCertificate(text) ? undefined : "is not a certificate in PEM.",
        );
    }

    privateKey(key: string, file: string): string {
        return this.checked(key, file, (text) =>
            isPrivateKey(text) ? undefined : "is no private key in PEM.",
        );
    }

    /** What is in the file is never repeated: most of it is secret. */
    private checked(
        key: string,
        file: string,
        problemOf: (text: string) => string | undefined,
    ): string {
        const before = this.problems.length;
        const text = this.text(key, file);
        const isRead = file !== "" && this.problems.length === before;
        const problem = isRead ? problemOf(text) : undefined;
        if (problem !== undefined) this.report(key, file, problem);
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
