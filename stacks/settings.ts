import * as pulumi from "@pulumi/pulumi";
import { describeProblems, type Problem } from "../components/support/problems";
import type { StackFiles } from "./files";
import { parseSettings, type Settings } from "./parseSettings";

/** The configuration of the stack that runs now. The only place that reads it. */
export function readSettings(files: StackFiles): Settings {
    const config = Object.entries(pulumi.runtime.allConfig());
    const parsed = parseSettings(
        Object.fromEntries(config.map(([key, value]) => [key, decode(value)])),
        files,
    );
    if ("problems" in parsed) throw settingsError(parsed.problems);
    return parsed.settings;
}

/** Ends the program with every problem of the stack file at once. */
export function refuseSettings(problems: readonly Problem[]): void {
    if (problems.length > 0) throw settingsError(problems);
}

const settingsError = (problems: readonly Problem[]) =>
    new pulumi.RunError(describeProblems(`Pulumi.${pulumi.getStack()}.yaml`, problems));

/** The engine passes mappings and lists as JSON, texts as they are. */
function decode(value: string): unknown {
    if (!/^\s*[[{]/.test(value)) {
        return value;
    }
    try {
        return JSON.parse(value);
    } catch {
        return value;
    }
}
