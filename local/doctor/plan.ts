import { askProgram } from "../support/ask";
import { previewOffline } from "../offline";
import { silent } from "../support/progress";
import { projectRoot } from "../support/root";
import { binaryAtHand } from "../toolchain";
import type { Plan } from "./context";
import { Unchecked } from "./finding";

/** What the stack's program asks for, and which part of it is there already. */
export async function planOf(
    stack: string,
    stackFile: string,
    environment: NodeJS.ProcessEnv,
): Promise<Plan> {
    if ((await binaryAtHand("pulumi", environment)) === undefined) {
        throw new Unchecked("what the stack needs is not known: that takes pulumi on PATH");
    }
    const [preview, made] = await Promise.all([
        previewOffline(stackFile, { progress: silent }),
        madeOf(stack, environment),
    ]);
    const error = preview.diagnostics.find(({ severity }) => severity === "error");
    if (error !== undefined) {
        throw new Unchecked(`what the stack needs is not known: ${error.message.trim()}`);
    }
    const { resources } = preview;
    return { resources, added: resources.filter(({ urn }) => !made.has(urn)) };
}

interface Exported {
    readonly deployment?: { readonly resources?: readonly { readonly urn: string }[] };
}

/** What the backend knows of the stack: nothing, where there is none or it was never made. */
async function madeOf(stack: string, environment: NodeJS.ProcessEnv): Promise<Set<string>> {
    try {
        const text = await askProgram(
            "pulumi",
            ["stack", "export", "--stack", stack, "--non-interactive"],
            { environment, timeoutMs: 30_000, cwd: projectRoot },
        );
        const { deployment } = JSON.parse(text) as Exported;
        return new Set(deployment?.resources?.map(({ urn }) => urn));
    } catch {
        return new Set();
    }
}
