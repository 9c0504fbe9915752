import { checkRegion, checkTags, type Tags } from "../support/amazon";
import { checkInstanceType } from "../support/instanceType";
import { type Problem, shown } from "../support/problems";
import { versions } from "../versions";

/** What is known of a host before any resource exists. */
export interface HostArguments {
    readonly region: string;
    readonly instanceType: string;
    readonly karmadaVersion: string;
    readonly karmadactlSha256?: string;
    readonly tags: Tags;
}

export const hostDefaults = {
    instanceType: "t3.small",
    karmadaVersion: versions.karmada as string,
    tags: {} as Tags,
} as const;

export function checkHost(facts: HostArguments): Problem[] {
    const { region, instanceType, karmadaVersion, karmadactlSha256 } = facts;
    return [
        ...checkRegion("region", region),
        ...checkInstanceType("instanceType", instanceType, '"t3.small" or "t4g.small"'),
        ...problemUnless(
            /^\d+\.\d+\.\d+$/.test(karmadaVersion),
            "karmadaVersion",
            `is ${shown(karmadaVersion)}; use a release of Karmada without "v", such as "1.18.1".`,
        ),
        ...problemUnless(
            karmadactlSha256 === undefined || /^[0-9a-f]{64}$/.test(karmadactlSha256),
            "karmadactlSha256",
            `is ${shown(karmadactlSha256)}; use the 64 hexadecimal digits of the archive's SHA-256.`,
        ),
        ...checkTags("tags", facts.tags),
    ];
}

const problemUnless = (usable: boolean, path: string, message: string): Problem[] =>
    usable ? [] : [{ path, message }];
