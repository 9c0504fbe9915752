import { type Problem, shown } from "./problems";
import { nearest } from "./spelling";

/** Regions that offer Amazon EKS, as of 2026-11-21. */
const regions = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
] as const;

export const isRegion = (region: unknown): boolean =>
    (regions as readonly unknown[]).includes(region);

export function checkRegion(path: string, region: unknown): Problem[] {
    if (isRegion(region)) return [];
    const name = typeof region === "string" ? region : "";
    const meant = nearest(name, regions);
    const near = regions.filter((each) => name.length > 1 && each.startsWith(name.slice(0, 2)));
    const offered = near.length > 0 ? near : ["eu-central-1", "us-east-1"];
    const hint =
        meant === undefined
            ? `use for instance ${offered.map(shown).join(", ")}.`
            : `did you mean "${meant}"?`;
    return [{ path, message: `is ${shown(region)}, which is no Region with Amazon EKS; ${hint}` }];
}

/** A zone's own letter, up to the last that AWS has anywhere. */
const zoneLetter = /^[a-f]$/;

/** The zone's own letter, from names such as "eu-central-1a"; undefined if it is not in the Region. */
export function letterOf(zone: unknown, region: string): string | undefined {
    const letter = typeof zone === "string" ? zone.slice(region.length) : "";
    return zone === `${region}${letter}` && zoneLetter.test(letter) ? letter : undefined;
}

/** For messages; of a Region that there is. */
export const exampleZones = (region: string): string[] =>
    ["a", "b", "c"].map((letter) => `${isRegion(region) ? region : "eu-central-1"}${letter}`);

/** Local Zones, Wavelength Zones and the like: parts of a Region with a place in their names. */
const elsewhere = /^-[a-z0-9]+(-[a-z0-9]+)*-\d+[a-z]?$/;

/** For a zone in which there is to be a network with EKS nodes. */
export function checkZone(path: string, zone: unknown, region: string): Problem[] {
    if (letterOf(zone, region) !== undefined) return [];
    const name = String(zone);
    const isLocal = name.startsWith(region) && elsewhere.test(name.slice(region.length));
    const why = isLocal
        ? "which is a Local Zone or the like, where EKS has no control planes"
        : `which is no zone of ${shown(region)}`;
    const message = `is ${shown(zone)}, ${why}; use names such as ${shown(`${region}a`)}.`;
    return [{ path, message }];
}

/** Where EKS puts a cluster's Services; left to itself, it chooses by the network's own range. */
export const serviceRangeOfEks = "172.20.0.0/16";

/** In which of Amazon's separate worlds a Region is: the second part of every ARN there. */
export function partitionOf(region: string): string {
    if (region.startsWith("cn-")) return "aws-cn";
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

export const managedPolicy = (region: string, policy: string): string =>
    `arn:${partitionOf(region)}:iam::aws:policy/${policy}`;

export const policyDocument = (statements: readonly object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Who may take on a role: a service of Amazon's. Pods' roles also carry the pod's name in tags. */
export const trust = (service: string, actions: readonly string[] = ["sts:AssumeRole"]): string =>
    policyDocument([{ Effect: "Allow", Action: actions, Principal: { Service: service } }]);

export const trustOfPods = trust("pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]);

export type Tags = Readonly<Record<string, string>>;

/** What every service takes, in keys and in values. */
const tagText = /^[A-Za-z0-9 _.:/=+@-]*$/;
const allowed = 'letters, digits, spaces and any of "_.:/=+-@"';

/** AWS refuses such tags only when it makes the first resource. */
export function checkTags(path: string, tags: Tags): Problem[] {
    return Object.entries(tags).flatMap(([key, value]) => {
        const here = `${path}[${shown(key)}]`;
        if (key === "" || key.length > 128 || /^aws:/i.test(key) || !tagText.test(key)) {
            const message = `has a key that AWS refuses; use 1 to 128 ${allowed}, without "aws:" in front.`;
            return [{ path: here, message }];
        }
        if (typeof value !== "string" || value.length > 256 || !tagText.test(value)) {
            const message = `is ${shown(value)}; use at most 256 ${allowed}.`;
            return [{ path: here, message }];
        }
        return [];
    });
}

const principal = /^arn:aws(-cn|-us-gov)?:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;

/** People and programs as IAM knows them, not as a session of theirs is called. */
export function checkPrincipal(path: string, arn: unknown): Problem[] {
    if (typeof arn === "string" && principal.test(arn)) return [];
    const message = `is ${shown(arn)}; use the ARN of an IAM role or user, such as "arn:aws:iam::111122223333:role/platform".`;
    return [{ path, message }];
}
