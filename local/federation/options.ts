import type { Progress } from "../support/progress";
import type { Assets, Binaries, BinaryName } from "../toolchain";

export interface MemberSpec {
    readonly name: string;
    /** Empty: its nodes carry no region. */
    readonly region: string;
    /** Its nodes take turns; empty: they carry no zone. */
    readonly zones: readonly string[];
    readonly nodes: number;
}

/** The programs that a federation is made of. */
export const federationBinaries = [
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kwok",
    "karmada-aggregated-apiserver",
    "karmada-webhook",
    "karmada-controller-manager",
    "karmada-scheduler",
    "karmada-agent",
] as const satisfies readonly BinaryName[];

export type FederationBinaries = Binaries<(typeof federationBinaries)[number]>;

export interface FederationOptions {
    readonly stateDir: string;
    readonly members: readonly MemberSpec[];
    readonly binaries: FederationBinaries;
    readonly assets: Assets;
    readonly progress: Progress;
}

/** What is wrong with a list of members; names become folder names, host names and cluster names. */
export function checkMembers(members: readonly MemberSpec[]): string[] {
    const problems: string[] = [];
    const seen = new Set<string>();
    members.forEach(({ name, region, zones, nodes }, index) => {
        const at = `members[${index}]`;
        if (!/^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$/.test(name)) {
            problems.push(
                `${at}.name is "${name}"; write 1 to 48 of a–z, 0–9 and "-", beginning and ending with a letter or digit.`,
            );
        }
        if (name === "karmada" || name === "etcd") {
            problems.push(
                `${at}.name is "${name}", which the federation itself uses; choose another.`,
            );
        }
        if (seen.has(name)) problems.push(`${at}.name "${name}" is there twice; rename one.`);
        seen.add(name);
        for (const [field, labels] of [
            ["region", region === "" ? [] : [region]],
            ["zones", zones],
        ] as const) {
            for (const label of labels.filter((each) => !isLabelValue(each))) {
                problems.push(`${at}.${field} has "${label}"; write it like "eu-central-1".`);
            }
        }
        if (!Number.isInteger(nodes) || nodes < 1 || nodes > maxNodes) {
            problems.push(`${at}.nodes is ${nodes}; write a whole number from 1 to ${maxNodes}.`);
        }
    });
    return problems;
}

const maxNodes = 1000;

const isLabelValue = (text: string) => /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(text);
