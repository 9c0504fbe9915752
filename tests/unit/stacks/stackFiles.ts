import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseSettings, project } from "../../../stacks/parseSettings";

export type Config = Record<string, unknown>;

/** The `config` of a stack file of the project, or of an example. */
export function configOf(file: string): Config {
    const text = readFileSync(join(__dirname, "../../..", file), "utf8");
    return (parse(text) as { config: Config }).config;
}

/** Each problem as a user reads it. */
export function problemsOf(config: Config): string[] {
    const parsed = parseSettings(config);
    const problems = "problems" in parsed ? parsed.problems : [];
    return problems.map(({ path, message }) => `${path} ${message}`);
}

/** The settings of a stack that has to be of this kind. */
export function settingsOf<K extends string>(kind: K, config: Config) {
    const parsed = parseSettings(config);
    assert.ok("settings" in parsed, problemsOf(config).join("\n"));
    const { settings } = parsed;
    assert.equal(settings.kind, kind);
    return settings as Extract<typeof settings, { kind: K }>;
}

/**
 * The same stack file with another value, or without one where it is undefined, at a place such as
 * "network.zones" or "members.0.newCluster.cidr".
 */
export function changed(config: Config, place: string, value: unknown): Config {
    const copy = structuredClone(config);
    const [first, ...keys] = place.split(".");
    const last = keys.pop();
    const top = `${project}:${first}`;
    if (last === undefined) return { ...copy, [top]: value };
    const inner = keys.reduce((from, key) => from[key] as Config, copy[top] as Config);
    inner[last] = value;
    return copy;
}

const subnets = ["a", "b", "c"].map((letter) => `subnet-0123456${letter}`);
export const existingNetwork = { existing: { vpcId: "vpc-01234567", privateSubnetIds: subnets } };
export const existingParent = { existing: { clusterName: "mine", nodeGroups: ["workers"] } };

/** The same in a network and a cluster that are there, with one member that is as well. */
export function withExisting(config: Config): Config {
    const member = { name: "one", mode: "push", region: "eu-central-1", existingCluster: "theirs" };
    const workload = (config[`${project}:workloads`] as Config[])[0]!;
    return {
        ...config,
        [`${project}:network`]: existingNetwork,
        [`${project}:parent`]: existingParent,
        [`${project}:members`]: [member],
        [`${project}:workloads`]: [{ ...workload, weights: { one: 1 } }],
    };
}
