import type { Problem } from "../components/support/problems";
import { readKubeconfigs } from "./aws/memberFiles";
import { type AwsSettings, readAwsSettings } from "./aws/settings";
import { readFiles } from "./existing/files";
import { type ExistingSettings, readExistingSettings } from "./existing/settings";
import { type MemberStackSettings, readMemberStackSettings } from "./member/settings";
import type { StackFiles } from "./files";
import { Reader } from "./reader";

/** Name of the project, and so the first part of every key of its stack files. */
export const project = "pulumi-karmada-eks";

/** What a stack file may ask for. */
export const StackKind = {
    /** A Karmada and members that run already. */
    Existing: "existing",
    /** All of it on AWS: network, parent cluster, Karmada, members. */
    Aws: "aws",
    /** Members of a Karmada that another stack runs. */
    Member: "member",
} as const;
export type StackKind = (typeof StackKind)[keyof typeof StackKind];

export type Settings = ExistingSettings | AwsSettings | MemberStackSettings;

export type ParsedSettings =
    { readonly settings: Settings } | { readonly problems: readonly Problem[] };

const readers = {
    [StackKind.Existing]: readExistingSettings,
    [StackKind.Aws]: readAwsSettings,
    [StackKind.Member]: readMemberStackSettings,
} as const;

/**
 * Reads the `config` of a stack file, with the keys as they stand there. Other projects' keys are left alone.
 * The files that it names are looked at where they are to be there already.
 */
export function parseSettings(
    config: Readonly<Record<string, unknown>>,
    files?: StackFiles,
): ParsedSettings {
    const problems: Problem[] = [];
    const top = Reader.top(project, config, problems);
    const kind = top.choice("kind", StackKind);
    // Which keys there are depends on it.
    if (top.misread("kind")) return { problems };
    const settings = readers[kind](top);
    top.refuseOthers();
    for (const key of Object.keys(config).filter((each) => top.knows(each))) {
        const message = `is a key of no project; write "${top.at(key)}".`;
        problems.push({ path: key, message });
    }
    if (files) problems.push(...problemsOfFiles(settings, files));
    return problems.length > 0 ? { problems } : { settings };
}

function problemsOfFiles(settings: Settings, files: StackFiles): readonly Problem[] {
    if (settings.kind === StackKind.Existing) readFiles(settings, files);
    else readKubeconfigs(settings.members, files);
    return files.problems;
}
