import { JoinMode } from "../components/member/joinMode";
import { checkMember } from "../components/member/memberChecks";
import { type Problem, shown, within } from "../components/support/problems";
import { checkWorkload } from "../components/workload/workloadChecks";
import { Reader } from "./reader";
import { nearest } from "./spelling";

/** Name of the project, and so the first part of every key of its stack files. */
export const project = "pulumi-karmada-eks";

/** What a stack file may ask for; today one kind: a Karmada and members that exist already. */
export const StackKind = { Existing: "existing" } as const;
export type StackKind = (typeof StackKind)[keyof typeof StackKind];

/** File names are relative to the project's folder. */
export interface Settings {
    readonly kind: StackKind;
    readonly karmada: {
        readonly kubeconfig: string;
        readonly clientSigner?: { readonly certificate: string; readonly privateKey: string };
    };
    readonly members: readonly MemberSettings[];
    readonly workloads: readonly WorkloadSettings[];
}

export interface MemberSettings {
    readonly name: string;
    readonly mode: JoinMode;
    readonly kubeconfig: string;
    readonly provider?: string;
    readonly region?: string;
    readonly zones?: readonly string[];
}

export interface WorkloadSettings {
    readonly name: string;
    readonly namespace: string;
    readonly image: string;
    readonly replicas: number;
    readonly weights: Readonly<Record<string, number>>;
    readonly policy?: string;
}

export type ParsedSettings =
    { readonly settings: Settings } | { readonly problems: readonly Problem[] };

/** Reads the `config` of a stack file, with the keys as they stand there. Other projects' keys are left alone. */
export function parseSettings(config: Readonly<Record<string, unknown>>): ParsedSettings {
    const problems: Problem[] = [];
    const top = Reader.top(project, config, problems);
    const kind = readChoice(top, "kind", StackKind, problems);
    const karmada = readKarmada(top.mapping("karmada"));
    const canSign = karmada.clientSigner !== undefined;
    const members = readMembers(top.mappings("members"), canSign, problems);
    const names = members.map((member) => member.name).filter(Boolean);
    const workloads = readWorkloads(top.mappings("workloads"), names, problems);
    top.refuseOthers();
    return problems.length > 0 ? { problems } : { settings: { kind, karmada, members, workloads } };
}

function readKarmada(reader: Reader): Settings["karmada"] {
    const kubeconfig = reader.text("kubeconfig");
    const signer = reader.optionalMapping("clientSigner");
    const clientSigner = signer && {
        certificate: signer.text("certificate"),
        privateKey: signer.text("privateKey"),
    };
    signer?.refuseOthers();
    reader.refuseOthers();
    return { kubeconfig, clientSigner };
}

function readMembers(readers: Reader[], canSign: boolean, problems: Problem[]): MemberSettings[] {
    const names = new Set<string>();
    return readers.map((reader) => {
        const before = problems.length;
        const member: MemberSettings = {
            name: reader.text("name"),
            mode: readChoice(reader, "mode", JoinMode, problems),
            kubeconfig: reader.text("kubeconfig"),
            provider: reader.optionalText("provider"),
            region: reader.optionalText("region"),
            zones: reader.texts("zones"),
        };
        reader.refuseOthers();
        if (problems.length === before) {
            const { name, ...facts } = member;
            const found = checkMember({ ...facts, clusterName: name }, canSign);
            problems.push(...atKeys(reader, found, { clusterName: "name" }));
        }
        if (names.has(member.name)) {
            reader.report("name", `is ${shown(member.name)} again; each member needs its own.`);
        }
        names.add(member.name);
        return member;
    });
}

function readWorkloads(
    readers: Reader[],
    members: readonly string[],
    problems: Problem[],
): WorkloadSettings[] {
    const names = new Set<string>();
    const policies = new Set<string>();
    return readers.map((reader) => {
        const before = problems.length;
        const workload: WorkloadSettings = {
            name: reader.text("name"),
            namespace: reader.text("namespace"),
            image: reader.text("image"),
            replicas: reader.number("replicas"),
            weights: reader.numbers("weights"),
            policy: reader.optionalText("policy"),
        };
        reader.refuseOthers();
        if (problems.length === before) {
            const { name, policy, ...facts } = workload;
            const found = checkWorkload({
                ...facts,
                workloadName: name,
                policyName: policy,
                members: [...new Set(members)],
            });
            const keys = { workloadName: "name", policyName: "policy" };
            problems.push(...atKeys(reader, found, keys));
        }
        if (names.has(workload.name)) {
            reader.report("name", `is ${shown(workload.name)} again; each workload needs its own.`);
        }
        names.add(workload.name);
        if (workload.namespace === "default") {
            reader.report(
                "namespace",
                'is "default"; name one of its own, which this stack makes.',
            );
        }
        const policy = `${workload.namespace}/${workload.policy}`;
        if (workload.policy !== undefined && policies.has(policy)) {
            const place = `in namespace ${shown(workload.namespace)}`;
            reader.report("policy", `is ${shown(workload.policy)} again ${place}; leave it out.`);
        }
        policies.add(policy);
        return workload;
    });
}

/** A closed set of words. */
function readChoice<T extends string>(
    reader: Reader,
    key: string,
    choices: Readonly<Record<string, T>>,
    problems: readonly Problem[],
): T {
    const words = Object.values(choices);
    const before = problems.length;
    const word = reader.text(key);
    const choice = words.find((each) => each === word);
    if (choice === undefined && problems.length === before) {
        const meant = nearest(word, words);
        const hint =
            meant === undefined ? `use ${words.join(" or ")}.` : `did you mean "${meant}"?`;
        reader.report(key, `is ${shown(word)}; ${hint}`);
    }
    return choice ?? words[0]!;
}

/** The components' own findings, under the keys of the stack file. */
function atKeys(
    reader: Reader,
    problems: readonly Problem[],
    keys: Readonly<Record<string, string>>,
): Problem[] {
    const renamed = problems.map(({ path, message }) => ({ path: keys[path] ?? path, message }));
    return within(reader.path, renamed);
}
