import { architectureOf } from "../support/architecture";
import { checkInstanceType } from "../support/instanceType";
import { type Problem, shown } from "../support/problems";
import { NodeImage, type NodeSettings } from "./nodeSettings";

export type NodeFacts = Required<Omit<NodeSettings, "groupPerZone">> &
    Pick<NodeSettings, "groupPerZone">;

const amiTypes = {
    [NodeImage.AmazonLinux]: { x86_64: "AL2023_x86_64_STANDARD", arm64: "AL2023_ARM_64_STANDARD" },
    [NodeImage.Bottlerocket]: { x86_64: "BOTTLEROCKET_x86_64", arm64: "BOTTLEROCKET_ARM_64" },
} as const;

export const amiTypeOf = ({ image, instanceTypes }: NodeFacts): string =>
    amiTypes[image][architectureOf(instanceTypes[0])!];

/** The volume that grows: Bottlerocket keeps its system on another. */
export const dataDevice = (image: NodeImage): string =>
    image === NodeImage.Bottlerocket ? "/dev/xvdb" : "/dev/xvda";

export interface PlannedGroup {
    /** Undefined for the group of all zones. */
    readonly zone?: string;
    /** Which of the subnets is its own. */
    readonly subnet?: number;
    readonly size: number;
}

/** A zone for which no node is left has no group. */
export function planGroups({ count, groupPerZone }: NodeFacts): PlannedGroup[] {
    if (groupPerZone === undefined) return [{ size: count }];
    const zones = groupPerZone.length;
    return groupPerZone
        .map((zone, subnet) => ({
            zone,
            subnet,
            size: Math.floor(count / zones) + (subnet < count % zones ? 1 : 0),
        }))
        .filter(({ size }) => size > 0);
}

export function checkNodes(nodes: NodeFacts, etcdMembers: number): Problem[] {
    return [
        ...checkTypes(nodes.instanceTypes),
        ...checkCount(nodes.count, etcdMembers),
        ...checkImage(nodes.image),
        ...checkDisk(nodes.diskSize),
        ...checkGroups(nodes, etcdMembers),
    ];
}

function checkTypes(types: readonly string[]): Problem[] {
    const path = "instanceTypes";
    if (types.length === 0) {
        return [{ path, message: 'is empty; name a type such as "m7i.large".' }];
    }
    const misspelt = types.flatMap((type, at) =>
        checkInstanceType(`${path}[${at}]`, type, '"m7i.large" or "m7g.large"'),
    );
    const known = [...new Set(types.map(architectureOf))].filter((each) => each !== undefined);
    if (misspelt.length > 0 || known.length < 2) return misspelt;
    const first = architectureOf(types[0]);
    const other = types.find((type) => architectureOf(type) !== first);
    const message = `mixes architectures: ${shown(types[0])} is ${first}, ${shown(other)} is ${architectureOf(other)}; the nodes of a group run one image, so use one of them.`;
    return [{ path, message }];
}

const counts = [3, 5, 7, 9];
/** As many as EKS takes in a group. */
const mostNodes = 450;

/** Where there is no etcd any number will do. */
function checkCount(count: unknown, etcdMembers: number): Problem[] {
    const problem = (message: string) => [
        { path: "count", message: `is ${shown(count)}; ${message}` },
    ];
    if (etcdMembers === 0) {
        const usable = Number.isInteger(count) && Number(count) >= 1 && Number(count) <= mostNodes;
        return usable ? [] : problem(`use a whole number from 1 to ${mostNodes}.`);
    }
    if (typeof count !== "number" || !counts.includes(count)) {
        return problem(
            "use 3, 5, 7 or 9: the members of etcd are an odd number, and each has a node of its own.",
        );
    }
    if (count < etcdMembers) {
        return problem(
            `use ${etcdMembers} at least: etcd has ${etcdMembers} members, and no two of them on one node.`,
        );
    }
    return [];
}

function checkImage(image: unknown): Problem[] {
    const images = Object.values<unknown>(NodeImage);
    if (images.includes(image)) return [];
    return [
        { path: "image", message: `is ${shown(image)}; use ${images.map(shown).join(" or ")}.` },
    ];
}

function checkDisk(size: unknown): Problem[] {
    if (typeof size === "number" && Number.isInteger(size) && size >= 20 && size <= 1024) return [];
    const message = `is ${shown(size)}; use a whole number of GiB from 20 to 1024.`;
    return [{ path: "diskSize", message }];
}

function checkGroups({ groupPerZone, count }: NodeFacts, etcdMembers: number): Problem[] {
    if (groupPerZone === undefined) return [];
    const path = "groupPerZone";
    if (new Set(groupPerZone).size < groupPerZone.length || groupPerZone.length < 3) {
        const message = `is ${shown(groupPerZone)}; name the zones of the subnets in their order: three at least, each once.`;
        return [{ path, message }];
    }
    const least = counts.find((each) => each >= groupPerZone.length);
    if (etcdMembers > 0 && counts.includes(count) && count < groupPerZone.length) {
        const message = `is ${count}; use ${least} at least: each of ${groupPerZone.length} zones needs a node.`;
        return [{ path: "count", message }];
    }
    return [];
}
