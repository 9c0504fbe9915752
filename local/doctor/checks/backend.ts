import { Unanswered } from "../../support/ask";
import type { Check, Context } from "../context";
import { type Finding, ok, problem, Unchecked, warning } from "../finding";
import { askPulumi } from "../state";

const notAsked = "no backend was asked: that takes pulumi on PATH";
const logIn = "pulumi login 's3://BUCKET?region=REGION&awssdk=v2', see docs/aws.md.";
const key = "'awskms://alias/NAME?region=REGION', see docs/aws.md.";

/** Where the stack's state is kept. */
export const backend: Check = {
    subject: "state",
    examine: async ({ environment }) => {
        const subject = "state";
        let url: string;
        try {
            const answer = await askPulumi(["whoami", "--json", "--non-interactive"], environment);
            url = (JSON.parse(answer) as { url?: string }).url ?? "";
        } catch (error) {
            if (isAbsent(error)) throw new Unchecked(notAsked);
            return [problem(subject, `no backend answers: ${firstLine(error)}`, logIn)];
        }
        if (!url.startsWith("file:")) return [ok(subject, `kept in ${url}`)];
        const message = `kept in ${url}: on this machine, for nobody else, and lost with it`;
        return [warning(subject, message, logIn)];
    },
};

/** How the stack's secrets are encrypted: as the stack file says, or else as the stack itself does. */
export const secrets: Check = {
    subject: "secrets",
    examine: async (context) => {
        const { secretsProvider, hasSalt } = context.stackFile;
        if (isKey(secretsProvider)) return [encryptedBy(secretsProvider)];
        if (hasSalt) return [byPassphrase(context)];
        const state = await stateOf(context);
        if (state === undefined) {
            const remedy = `pulumi stack init ${context.stack} --secrets-provider ${key}`;
            return [warning("secrets", "the stack has not been made yet", remedy)];
        }
        const { type, state: { url } = {} } = state.secrets ?? {};
        if (type === "passphrase") return [byPassphrase(context)];
        return [encryptedBy(url ?? "the backend that keeps the stack")];
    },
};

async function stateOf({ state }: Context) {
    try {
        return await state();
    } catch (error) {
        throw new Unchecked(isAbsent(error) ? notAsked : `no backend answers: ${firstLine(error)}`);
    }
}

const isKey = (provider: string | undefined): provider is string =>
    provider !== undefined && !["", "default", "passphrase"].includes(provider);

const encryptedBy = (what: string): Finding => ok("secrets", `encrypted by ${what}`);

function byPassphrase({ environment }: Context): Finding {
    const { PULUMI_CONFIG_PASSPHRASE: passphrase, PULUMI_CONFIG_PASSPHRASE_FILE: file } =
        environment;
    return passphrase === undefined && file === undefined
        ? problem(
              "secrets",
              "encrypted by a passphrase that is not set",
              "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
          )
        : warning(
              "secrets",
              "encrypted by a passphrase, which everybody who updates has to know",
              `pulumi stack change-secrets-provider ${key}`,
          );
}

const isAbsent = (error: unknown): boolean => error instanceof Unanswered && error.why === "absent";

const firstLine = (error: unknown): string => (error as Error).message.split("\n")[0]!;
