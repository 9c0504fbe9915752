import { type Problem, shown } from "../support/problems";
import { isPrivate, readRange } from "../support/ranges";

/** A network that something else has made. */
export interface ExistingNetwork {
    readonly vpcId: string;
    /** For nodes: three at least, in three zones. */
    readonly privateSubnetIds: readonly string[];
    /**
     * For a load balancer that faces the internet.
     * @default none
     */
    readonly publicSubnetIds?: readonly string[];
    /**
     * Public addresses from which its nodes call the internet: those of its NAT gateways, or of whatever
     * else leads out of it.
     * @default none is known
     */
    readonly natAddresses?: readonly string[];
}

/** What AWS says of a subnet. */
export interface FoundSubnet {
    readonly id: string;
    readonly vpcId: string;
    readonly availabilityZone: string;
    readonly mapPublicIpOnLaunch: boolean;
}

/** What AWS says of a network. */
export interface FoundNetwork {
    readonly enableDnsSupport: boolean;
    readonly enableDnsHostnames: boolean;
    readonly private: readonly FoundSubnet[];
    readonly public: readonly FoundSubnet[];
}

const leastZones = 3;

export function checkExisting({
    vpcId,
    privateSubnetIds,
    publicSubnetIds = [],
    natAddresses = [],
}: ExistingNetwork): Problem[] {
    const all = [...privateSubnetIds, ...publicSubnetIds];
    const repeated = all.filter((id, at) => all.indexOf(id) < at);
    return [
        ...(isId("vpc", vpcId) ? [] : [wrongId("vpcId", vpcId, "vpc")]),
        ...checkSubnets("privateSubnetIds", privateSubnetIds),
        ...(publicSubnetIds.length === 0 ? [] : checkSubnets("publicSubnetIds", publicSubnetIds)),
        ...[...new Set(repeated)].map((id) => ({
            path: "privateSubnetIds",
            message: `and publicSubnetIds name ${shown(id)} twice; name each subnet once.`,
        })),
        ...natAddresses.flatMap((address, at) => checkAddress(`natAddresses[${at}]`, address)),
    ];
}

function checkAddress(path: string, address: string): Problem[] {
    const range = readRange(`${address}/32`);
    if (range !== undefined && !isPrivate(range)) return [];
    const message = `is ${shown(address)}; use a public IPv4 address such as "198.51.100.7".`;
    return [{ path, message }];
}

const isId = (kind: string, id: unknown): boolean =>
    typeof id === "string" && new RegExp(`^${kind}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(id);

const wrongId = (path: string, id: unknown, kind: string): Problem => ({
    path,
    message: `is ${shown(id)}; use an id such as "${kind}-0123456789abcdef0".`,
});

function checkSubnets(path: string, ids: readonly string[]): Problem[] {
    if (ids.length < leastZones) {
        const message = `names ${ids.length === 0 ? "no subnet" : shown(ids)}; use three at least, each in a zone of its own: with two zones, the loss of one can be the loss of etcd's majority.`;
        return [{ path, message }];
    }
    return ids.flatMap((id, at) =>
        isId("subnet", id) ? [] : [wrongId(`${path}[${at}]`, id, "subnet")],
    );
}

/** What only AWS knows: whether network and subnets are where, and what, they are said to be. */
export function checkFound(network: ExistingNetwork, found: FoundNetwork): Problem[] {
    const named = found.enableDnsSupport && found.enableDnsHostnames;
    const foreign = [...found.private, ...found.public].filter(
        ({ vpcId }) => vpcId !== network.vpcId,
    );
    const open = found.private.filter(({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch);
    return [
        ...(named
            ? []
            : [
                  {
                      path: "existing.vpcId",
                      message: `is ${shown(network.vpcId)}, where names are not resolved; switch DNS support and DNS hostnames on, or nodes do not find the private endpoint of EKS.`,
                  },
              ]),
        ...foreign.map(({ id, vpcId }) => ({
            path: "existing.vpcId",
            message: `is ${shown(network.vpcId)}, but ${id} is in ${vpcId}; name subnets of one network.`,
        })),
        ...open.map(({ id }) => ({
            path: "existing.privateSubnetIds",
            message: `has ${id}, which gives every instance a public address; name private subnets.`,
        })),
        ...checkSpread("privateSubnetIds", found.private),
        ...(found.public.length === 0 ? [] : checkSpread("publicSubnetIds", found.public)),
    ];
}

function checkSpread(path: string, subnets: readonly FoundSubnet[]): Problem[] {
    const zones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))];
    if (zones.length >= leastZones) return [];
    const message = `are all in ${zones.join(" and ")}; name subnets in three zones.`;
    return [{ path: `existing.${path}`, message }];
}
