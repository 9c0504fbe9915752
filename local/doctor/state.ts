import { askProgram, Unanswered } from "../support/ask";
import { projectRoot } from "../support/root";

/** What a backend keeps of a stack, as far as it is looked at here. */
export interface State {
    readonly urns: ReadonlySet<string>;
    /** By what its secrets are encrypted: "passphrase", "cloud" with the URL of a key, or "service". */
    readonly secrets?: { readonly type: string; readonly state?: { readonly url?: string } };
}

interface Exported {
    readonly deployment?: {
        readonly resources?: readonly { readonly urn: string }[];
        readonly secrets_providers?: State["secrets"];
    };
}

export async function stateOf(
    stack: string,
    environment: NodeJS.ProcessEnv,
): Promise<State | undefined> {
    const args = ["stack", "export", "--stack", stack, "--non-interactive"];
    try {
        const { deployment } = JSON.parse(await askPulumi(args, environment)) as Exported;
        return {
            urns: new Set(deployment?.resources?.map(({ urn }) => urn)),
            secrets: deployment?.secrets_providers,
        };
    } catch (error) {
        const isNone = error instanceof Unanswered && error.message.includes("no stack named");
        if (isNone) return undefined;
        throw error;
    }
}

/** The user's own, wherever it is logged in to. */
export const askPulumi = (
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
): Promise<string> =>
    askProgram("pulumi", args, {
        environment: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
        timeoutMs: 30_000,
        cwd: projectRoot,
    });
