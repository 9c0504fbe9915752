import * as os from "node:os";
import { pinOf } from "../../local/toolchain/catalog";
import type { Round } from "./rounds";

interface Spread {
    readonly median: number;
    readonly min: number;
    readonly max: number;
}

interface Line {
    readonly label: string;
    readonly of: (round: Round) => number;
    /** A ratio, and the most that it is meant to be; seconds without. */
    readonly goal?: number;
}

/** Ratios are taken within a round, so that a machine which is slow for a while does not show. */
const lines: Readonly<Record<string, Line>> = {
    plainSeconds: { label: "plain script of upstream commands", of: ({ plain }) => plain },
    firstSeconds: { label: "first `npm start`", of: ({ first }) => first },
    secondSeconds: { label: "second `npm start`", of: ({ second }) => second },
    firstToPlain: { label: "first ÷ plain", of: ({ first, plain }) => first / plain, goal: 1.5 },
    secondToFirst: {
        label: "second ÷ first",
        of: ({ second, first }) => second / first,
        goal: 1 / 3,
    },
};

export function machine() {
    const cpus = os.cpus();
    return {
        cpu: cpus[0]?.model.trim() ?? "unknown",
        cores: cpus.length,
        memoryGiB: Math.round(os.totalmem() / 2 ** 30),
        system: `${os.type()} ${os.release()} ${os.arch()}`,
        node: process.versions.node,
        karmada: pinOf("karmada").version,
        kubernetes: pinOf("kubernetes").version,
        etcd: pinOf("etcd").version,
        kwok: pinOf("kwok").version,
    };
}

export const reportAsJson = (rounds: readonly Round[]) => ({
    rounds,
    ...Object.fromEntries(
        Object.entries(lines).map(([name, { of, goal }]) => [
            name,
            { ...spreadOf(rounds.map(of)), ...(goal !== undefined && { goal }) },
        ]),
    ),
});

export function machineInWords(): string {
    const { cpu, cores, memoryGiB, system, node, ...versions } = machine();
    const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
    return (
        `Machine: ${cores} cores (${cpu}), ${memoryGiB} GiB, ${system}; ` +
        `Node ${node}, ${programs.join(", ")}.`
    );
}

export function reportAsMarkdown(rounds: readonly Round[]): string {
    const rows = Object.values(lines).map(({ label, of, goal }) => {
        const { median, min, max } = spreadOf(rounds.map(of));
        const shown = (value: number) =>
            goal === undefined ? `${value.toFixed(1)} s` : value.toFixed(2);
        const target = goal === undefined ? "" : `≤ ${shown(goal)}`;
        return `| ${label} | ${shown(median)} | ${shown(min)} – ${shown(max)} | ${target} |`;
    });
    return [
        `Rounds: ${rounds.length}. ${machineInWords()}`,
        "",
        "| until 3 / 3 / 6 runs | median | min – max | goal |",
        "|---|---:|---:|---:|",
        ...rows,
    ].join("\n");
}

export function spreadOf(values: readonly number[]): Spread {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
    return { median, min: sorted[0]!, max: sorted.at(-1)! };
}
