import * as pulumi from "@pulumi/pulumi";
import { describeProblems } from "../components/support/problems";
import { parseSettings, type Settings } from "./parseSettings";

/** The configuration of the stack that runs now. The only place that reads it. */
export function readSettings(): Settings {
    const config = Object.entries(pulumi.runtime.allConfig());
    const parsed = parseSettings(
        Object.fromEntries(config.map(([key, value]) => [key, decode(value)])),
    );
    if ("problems" in parsed) {
        const file = `Pulumi.${pulumi.getStack()}.yaml`;
        throw new pulumi.RunError(describeProblems(file, parsed.problems));
    }
    return parsed.settings;
}

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
