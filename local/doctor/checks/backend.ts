import { readFileSync } from "node:fs";
import { askProgram, Unanswered } from "../../support/ask";
import { projectRoot } from "../../support/root";
import type { Check } from "../context";
import { type Finding, ok, problem, unchecked, warning } from "../finding";

/** Where the stack's state is kept, and how its secrets are encrypted. */
export const backend: Check = {
    subject: "state",
    examine: async ({ stack, stackFile, environment }) => [
        await whereStateIs(environment),
        howSecretsAre(stack, readFileSync(stackFile, "utf8"), environment),
    ],
};

async function whereStateIs(environment: NodeJS.ProcessEnv): Promise<Finding> {
    const subject = "state";
    const options = {
        environment: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
        timeoutMs: 20_000,
        cwd: projectRoot,
    };
    let url: string;
    try {
        const answer = await askProgram(
            "pulumi",
            ["whoami", "--json", "--non-interactive"],
            options,
        );
        url = (JSON.parse(answer) as { url?: string }).url ?? "";
    } catch (error) {
        if (error instanceof Unanswered && error.why === "absent") {
            return unchecked(subject, "nobody was asked where it is kept: that takes pulumi");
        }
        const remedy = "pulumi login 's3://BUCKET?region=REGION&awssdk=v2', see docs/aws.md.";
        return problem(
            subject,
            `no backend answers: ${(error as Error).message.split("\n")[0]}`,
            remedy,
        );
    }
    if (!url.startsWith("file:")) return ok(subject, `kept in ${url}`);
    const remedy = "pulumi login 's3://BUCKET?region=REGION&awssdk=v2', see docs/aws.md.";
    return warning(
        subject,
        `kept in ${url}: on this machine, for nobody else, and lost with it`,
        remedy,
    );
}

function howSecretsAre(stack: string, text: string, environment: NodeJS.ProcessEnv): Finding {
    const subject = "secrets";
    const provider = /^secretsprovider:\s*(\S+)/m.exec(text)?.[1];
    if (provider !== undefined && provider !== "passphrase") {
        return ok(subject, `encrypted by ${provider}`);
    }
    const remedy =
        "pulumi stack change-secrets-provider 'awskms://alias/NAME?region=REGION', see docs/aws.md.";
    if (!/^encryptionsalt:/m.test(text)) {
        return warning(
            subject,
            "the stack has not been made yet, or its backend keeps the key",
            `pulumi stack init ${stack} --secrets-provider 'awskms://alias/NAME?region=REGION', see docs/aws.md.`,
        );
    }
    const { PULUMI_CONFIG_PASSPHRASE: passphrase, PULUMI_CONFIG_PASSPHRASE_FILE: file } =
        environment;
    return passphrase === undefined && file === undefined
        ? problem(
              subject,
              "encrypted by a passphrase that is not set",
              "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
          )
        : warning(
              subject,
              "encrypted by a passphrase, which everybody who updates has to know",
              remedy,
          );
}
