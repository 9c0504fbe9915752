import type { PlannedResource } from "../offline";
import { type Inventory, nameOf } from "./inventory";
import type { Placement } from "./placement";
import { at, compared, numberOf, sum, textOf, textsOf } from "./values";

/** What there is to draw of a stack. */
export interface Topology {
    readonly stack: string;
    /** Where the control plane runs; missing where that is no cluster of this stack. */
    readonly home?: Home;
    /** Region of a cluster that exists already, where this stack runs the control plane in such a one. */
    readonly guestIn?: string;
    readonly members: readonly Member[];
}

export interface Home {
    readonly region: string;
    readonly network: Network;
    readonly cluster: Cluster;
    readonly etcdMembers: number;
    readonly apiServers: number;
    readonly loadBalancer?: {
        readonly name: string;
        readonly internetFacing: boolean;
        readonly port: number;
    };
    /** Type of the management host. */
    readonly host?: string;
    readonly snapshots: boolean;
}

export interface Network {
    readonly name: string;
    /** Missing for one that exists already. */
    readonly range?: string;
    readonly zones: readonly Zone[];
}

export interface Zone {
    readonly name: string;
    readonly publicRange?: string;
    readonly privateRange?: string;
    readonly nat: boolean;
}

export interface Cluster {
    readonly name: string;
    readonly version: string;
    readonly nodes: number;
    readonly nodeType: string;
}

export interface Member {
    readonly name: string;
    readonly mode: "push" | "pull";
    readonly region: string;
    /** Missing for a cluster that this stack does not make. */
    readonly cluster?: Cluster;
    readonly range?: string;
    /** Whether its network is joined with the control plane's. */
    readonly peered: boolean;
    readonly shares: readonly Share[];
}

/** What a member has of a workload. */
export interface Share {
    readonly workload: string;
    readonly weight: number;
    readonly predicted: readonly number[];
}

const eksCluster = "aws:eks/cluster:Cluster";
const vpcType = "aws:ec2/vpc:Vpc";

export function topologyOf(
    stack: string,
    inventory: Inventory,
    placements: readonly Placement[],
    region?: string,
): Topology {
    const clusters = new Map(
        inventory.ofType(eksCluster).map((cluster) => [clusterNameOf(cluster, inventory), cluster]),
    );
    const peered = new Set(
        inventory.ofType("pulumi-karmada-eks:index:NetworkPeering").map(({ name }) => name),
    );
    const joined = inventory.ofType("kubernetes:cluster.karmada.io/v1alpha1:Cluster");
    const members = joined.map((object): Member => {
        const name = textOf(at(object.inputs, "metadata.name")) ?? object.name;
        const cluster = clusters.get(name);
        const network = cluster && networkOf(cluster, inventory);
        return {
            name,
            mode: at(object.inputs, "spec.syncMode") === "Pull" ? "pull" : "push",
            region:
                textOf(at(object.inputs, "spec.region")) ??
                (cluster ? inventory.regionOf(cluster) : "elsewhere"),
            ...(cluster && { cluster: clusterOf(cluster, inventory) }),
            ...(network && { range: textOf(network.inputs.cidrBlock) }),
            peered: peered.has(name),
            shares: placements.flatMap((placement) => sharesOf(placement, name)),
        };
    });
    const parent = parentOf(inventory);
    return {
        stack,
        ...(parent ? { home: homeOf(parent, inventory) } : region && { guestIn: region }),
        members: members.sort((a, b) => compared(a.region, b.region) || compared(a.name, b.name)),
    };
}

/** The EKS cluster that no member goes by: it runs Karmada. */
function parentOf(inventory: Inventory): PlannedResource | undefined {
    const names = inventory
        .ofType("kubernetes:cluster.karmada.io/v1alpha1:Cluster")
        .map(({ inputs }) => at(inputs, "metadata.name"));
    return inventory
        .ofType(eksCluster)
        .find((cluster) => !names.includes(clusterNameOf(cluster, inventory)));
}

function homeOf(parent: PlannedResource, inventory: Inventory): Home {
    const network = networkOf(parent, inventory);
    const cluster = clusterOf(parent, inventory);
    const [balancer] = inventory.ofType("aws:lb/loadBalancer:LoadBalancer");
    const [listener] = inventory.ofType("aws:lb/listener:Listener");
    const [host] = inventory.ofType("aws:ec2/instance:Instance");
    return {
        region: inventory.regionOf(parent),
        network: network
            ? {
                  name: network.name,
                  range: textOf(network.inputs.cidrBlock),
                  zones: zonesOf(network, inventory),
              }
            : { name: "existing network", zones: unnamedZones(cluster.nodes) },
        cluster,
        etcdMembers: replicasOf("StatefulSet", "etcd", inventory),
        apiServers: replicasOf("Deployment", "karmada-apiserver", inventory),
        ...(balancer && {
            loadBalancer: {
                name: nameOf(balancer),
                internetFacing: balancer.inputs.internal === false,
                port: numberOf(listener?.inputs.port) ?? 0,
            },
        }),
        ...(host && { host: textOf(host.inputs.instanceType) ?? "" }),
        snapshots: inventory.ofType("aws:s3/bucket:Bucket").length > 0,
    };
}

function replicasOf(kind: string, name: string, inventory: Inventory): number {
    const object = inventory
        .ofType(`kubernetes:apps/v1:${kind}`)
        .find(({ inputs }) => at(inputs, "metadata.name") === name);
    return numberOf(at(object?.inputs, "spec.replicas")) ?? 0;
}

/** A cluster's own network goes by its component's name; that of the parent by no member's. */
function networkOf(cluster: PlannedResource, inventory: Inventory): PlannedResource | undefined {
    const region = inventory.regionOf(cluster);
    const networks = inventory.ofType(vpcType).filter((vpc) => inventory.regionOf(vpc) === region);
    const own = networks.find(({ name }) => name === clusterNameOf(cluster, inventory));
    if (own) return own;
    const others = inventory.ofType(eksCluster).map((each) => clusterNameOf(each, inventory));
    return networks.find(({ name }) => !others.includes(name));
}

function clusterOf(cluster: PlannedResource, inventory: Inventory): Cluster {
    const component = inventory.componentOf(cluster);
    const groups = inventory
        .ofType("aws:eks/nodeGroup:NodeGroup")
        .filter((group) => inventory.componentOf(group) === component);
    return {
        name: nameOf(cluster),
        version: textOf(cluster.inputs.version) ?? "",
        nodes: sum(
            groups.map(({ inputs }) => numberOf(at(inputs, "scalingConfig.desiredSize")) ?? 0),
        ),
        nodeType: groups.flatMap(({ inputs }) => textsOf(inputs.instanceTypes))[0] ?? "",
    };
}

function zonesOf(network: PlannedResource, inventory: Inventory): Zone[] {
    const subnets = inventory
        .ofType("aws:ec2/subnet:Subnet")
        .filter((subnet) => inventory.within(subnet, vpcType) === network);
    const gateways = inventory
        .ofType("aws:ec2/natGateway:NatGateway")
        .map((gateway) => inventory.within(gateway, "aws:ec2/subnet:Subnet"));
    const zones = new Set(subnets.flatMap(({ inputs }) => textOf(inputs.availabilityZone) ?? []));
    return [...zones].sort(compared).map((name) => {
        const inZone = subnets.filter(({ inputs }) => inputs.availabilityZone === name);
        const open = inZone.find(({ inputs }) => inputs.mapPublicIpOnLaunch === true);
        const closed = inZone.find(({ inputs }) => inputs.mapPublicIpOnLaunch !== true);
        return {
            name,
            publicRange: textOf(open?.inputs.cidrBlock),
            privateRange: textOf(closed?.inputs.cidrBlock),
            nat: gateways.some((subnet) => subnet !== undefined && subnet === open),
        };
    });
}

const unnamedZones = (nodes: number): Zone[] =>
    Array.from({ length: Math.max(1, Math.min(3, nodes)) }, (_, at) => ({
        name: `zone ${at + 1}`,
        nat: false,
    }));

const sharesOf = ({ workload, members }: Placement, member: string): Share[] =>
    members
        .filter((each) => each.member === member)
        .map(({ weight, predicted }) => ({ workload, weight, predicted }));

/** A member's cluster is a component of the member's name; what EKS calls it is another matter. */
const clusterNameOf = (cluster: PlannedResource, inventory: Inventory): string =>
    inventory.componentOf(cluster)?.name ?? nameOf(cluster);
