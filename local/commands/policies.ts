import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { documentation, profileFile } from "../../policies/frame/documentation";
import { profiles } from "../../policies/frame/rule";
import { rules } from "../../policies/rules";
import { previewOffline } from "../offline";
import {
    type Configuration,
    configurationIn,
    profileFor,
    withoutRefusals,
} from "../policies/configuration";
import { listAsJson, listAsText } from "../policies/list";
import { reportAsJson, reportAsMarkdown } from "../policies/report";
import { isRefused, resultsOf } from "../policies/results";
import { command, stackOption } from "../support/command";
import { UsageError } from "../support/errors";
import { projectRoot } from "../support/root";
import { progressOn } from "../support/terminal";

export const main = command({
    usage: "npm run policies -- [-s STACK [--profile NAME | --config FILE]] [--json] [--write-docs]",
    summary:
        "Tells, offline, what each policy says of a stack; exits with 1 where one refuses it. Without a stack: lists the policies.",
    options: [
        { ...stackOption, required: false },
        {
            name: "profile",
            value: "NAME",
            meaning: `${profiles.join(", ")}; else the one named as the stack, or prod`,
        },
        { name: "config", value: "FILE", meaning: "a configuration of your own instead" },
        { name: "json", meaning: "prints the report, or the list, for machines" },
        {
            name: "write-docs",
            meaning: "writes docs/policies.md and policies/profiles from the rules, nothing else",
        },
    ],
    run: async ({ stack, profile, config, json, "write-docs": writesDocs }) => {
        if (writesDocs) {
            if (stack !== undefined || profile !== undefined || config !== undefined || json) {
                throw new UsageError("--write-docs is for all policies: give it alone.");
            }
            writeDocumentation();
            return;
        }
        if (stack === undefined) {
            if (profile !== undefined || config !== undefined) {
                throw new UsageError("--profile and --config are for a stack: name it by -s.");
            }
            console.log(json ? JSON.stringify(listAsJson(rules), null, 2) : listAsText(rules));
            return;
        }
        if (profile !== undefined && config !== undefined) {
            throw new UsageError("--profile and --config exclude each other: give one.");
        }
        await report(
            stack,
            config === undefined ? profileFor(stack, profile) : configurationIn(config),
            json,
        );
    },
});

function writeDocumentation(): void {
    const write = (text: string, ...place: string[]) =>
        writeFileSync(path.join(projectRoot, ...place), text);
    write(documentation(rules), "docs", "policies.md");
    for (const profile of profiles) {
        write(profileFile(rules, profile), "policies", "profiles", `${profile}.json`);
    }
}

async function report(stack: string, configuration: Configuration, json: boolean): Promise<void> {
    const results = resultsOf(rules, configuration, await judged(stack, configuration));
    const about = { stack, configuration: configuration.name };
    console.log(
        json
            ? JSON.stringify(reportAsJson(about, results), undefined, 2)
            : reportAsMarkdown(about, results),
    );
    if (isRefused(results)) process.exitCode = 1;
}

async function judged(stack: string, configuration: Configuration) {
    const folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-policies-"));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    // Ctrl-C ends the process, and `finally` is not for that.
    process.once("exit", remove);
    try {
        const policyConfig = path.join(folder, "configuration.json");
        writeFileSync(policyConfig, JSON.stringify(withoutRefusals(rules, configuration)));
        return await previewOffline(stack, {
            progress: progressOn(process.stderr),
            policyPack: path.join(projectRoot, "policies"),
            policyConfig,
        });
    } finally {
        process.removeListener("exit", remove);
        remove();
    }
}
