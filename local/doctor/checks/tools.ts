import { versionIn, atLeast } from "../../toolchain/onPath";
import { askProgram, Unanswered } from "../../support/ask";
import { installedVersion } from "../../support/sdk";
import type { Check } from "../context";
import { type Finding, ok, problem, warning } from "../finding";

interface Tool {
    readonly name: string;
    readonly ask: readonly string[];
    /** Without it nothing can be updated. */
    readonly needed: boolean;
    readonly why: string;
    readonly remedy: string;
}

const installPulumi =
    "Install Pulumi's CLI whole (https://www.pulumi.com/docs/install/), and have its folder on PATH.";

/** What is expected on PATH of whoever updates a stack in AWS. */
const tools: readonly Tool[] = [
    {
        name: "npm",
        ask: ["--version"],
        needed: true,
        why: "it installs the packages",
        remedy: "Install npm, or put it on PATH.",
    },
    {
        name: "pulumi",
        ask: ["version"],
        needed: true,
        why: "it runs the program",
        remedy: installPulumi,
    },
    {
        name: "pulumi-language-nodejs",
        ask: ["--help"],
        needed: true,
        why: "it is part of Pulumi's download, and pulumi needs it",
        remedy: installPulumi,
    },
    {
        name: "kubectl",
        ask: ["version", "--client"],
        needed: false,
        why: "it looks into the clusters; nothing here calls it",
        remedy: "Install kubectl, or put it on PATH.",
    },
];

const answerWithinMs = 20_000;

/** Who asks EKS for tokens; before these, in a form that Kubernetes has given up, and @pulumi/eks refuses them. */
const oldestAws = { 1: "1.24.0", 2: "2.7.0" } as const;
const installAws = "Install the AWS CLI, 2.7 or later; of version 1, 1.24 or later will do.";

export const toolsOnPath: Check = {
    subject: "tools",
    examine: async ({ environment, stackFile: { usesAws } }) => [
        ok("node", process.versions.node),
        ...(await Promise.all([
            ...tools.map((tool) => lookAt(tool, environment)),
            ...(usesAws ? [lookAtAws(environment)] : []),
        ])),
    ],
};

async function lookAt(tool: Tool, environment: NodeJS.ProcessEnv): Promise<Finding> {
    const { name, ask, needed, why, remedy } = tool;
    try {
        const options = { environment, timeoutMs: answerWithinMs };
        const version = versionIn(await askProgram(name, ask, options));
        const sdk = installedVersion("@pulumi/pulumi");
        if (name === "pulumi" && version && !atLeast(version, sdk)) {
            return warning(
                name,
                `${version} is older than the SDK, ${sdk}`,
                "Update Pulumi's CLI.",
            );
        }
        return ok(name, version ?? "is there");
    } catch (error) {
        // It is no program to be asked by people, and says so.
        if (error instanceof Unanswered && error.why === "refused") return ok(name, "is there");
        const tell = needed ? problem : warning;
        return tell(name, `cannot be run: ${why}`, remedy);
    }
}

async function lookAtAws(environment: NodeJS.ProcessEnv): Promise<Finding> {
    try {
        const answer = await askProgram("aws", ["--version"], {
            environment,
            timeoutMs: answerWithinMs,
        });
        const version = versionIn(answer) ?? "unknown version";
        const major = version.startsWith("1.") ? 1 : 2;
        if (!atLeast(version, oldestAws[major])) {
            return problem("aws", `${version} gets no tokens that EKS takes`, installAws);
        }
        return major === 1
            ? warning(
                  "aws",
                  `${version} will do; AWS adds nothing to version 1 since July 2026`,
                  "Install version 2.",
              )
            : ok("aws", version);
    } catch (error) {
        const why =
            error instanceof Unanswered && error.why === "late"
                ? "gives no answer"
                : "cannot be run";
        return problem(
            "aws",
            `${why}: it signs in to EKS, and most checks here ask it`,
            installAws,
        );
    }
}
