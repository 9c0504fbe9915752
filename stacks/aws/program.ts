import * as pulumi from "@pulumi/pulumi";
import {
    CostBudget,
    JoinMode,
    KarmadaBackupStore,
    KarmadaControlPlane,
    KarmadaEndpoint,
    KarmadaParentCluster,
    KarmadaVpc,
    ManagementHost,
    NetworkPeering,
} from "../../components";
import { deployTo, type StackOutputs } from "../common/deploy";
import { exportConnection } from "../common/hub";
import type { StackFiles } from "../files";
import { refuseSettings } from "../settings";
import {
    declareClusters,
    declareNetworks,
    joinMembers,
    type MemberNetworks,
    regionsOf,
} from "./memberClusters";
import { readKubeconfigs } from "./memberFiles";
import type { AwsMember } from "./memberSettings";
import { rangeOf } from "./networkSettings";
import { Protected } from "./protected";
import { protection } from "./protection";
import { declareProviders, type Places } from "./providers";
import type { AwsSettings } from "./settings";

export interface AwsOutputs extends StackOutputs {
    /** Host and port that Karmada's clients call. */
    readonly endpoint: pulumi.Output<string>;
    readonly karmadaKubeconfig: pulumi.Output<string>;
    readonly parentKubeconfig: pulumi.Output<string>;
    readonly certificates: pulumi.Output<unknown>;
    readonly versions: pulumi.Output<unknown>;
    readonly snapshotBucket?: pulumi.Output<string>;
    /** Opens a shell on the management host. */
    readonly connectCommand?: pulumi.Output<string>;
    readonly connection?: pulumi.Output<unknown>;
}

/** Network, parent cluster, endpoint, Karmada, members, workloads: in this order. */
export function awsStack(settings: AwsSettings, files: StackFiles): AwsOutputs {
    const { region, tags, members, protect } = settings;
    const kubeconfigs = readKubeconfigs(members, files);
    refuseSettings(files.problems);

    const places = declareProviders([region, ...regionsOf(members)], tags);
    const here = places(region);
    const network = declareNetwork(settings, places);
    const parent = declareParent(settings, network, places);
    const networks = declareNetworks(members, tags, places);
    const peerings = declarePeerings(settings, network, networks, places);
    const endpoint = declareEndpoint(settings, network, parent, networks, places);
    const store =
        settings.backup &&
        new KarmadaBackupStore(
            "karmada-backup",
            { ...settings.backup.store, region, clusterName: parent.clusterName, tags },
            { ...here, ...protection(Protected.Backup, protect) },
        );
    const host = settings.host && declareHost(settings, network, parent, places);
    if (settings.budget) new CostBudget("karmada", { ...settings.budget, tags }, here);
    const karmada = new KarmadaControlPlane(
        "karmada",
        {
            ...settings.karmada,
            kubeconfig: parent.kubeconfig,
            endpoint: { host: endpoint.host, port: endpoint.port },
            nodePort: endpoint.port,
            backup: store && { ...settings.backup!.job, bucket: store.bucket, region },
        },
        protection(Protected.Karmada, protect),
    );

    const clusters = declareClusters(members, {
        networks,
        kubeconfigs,
        tags,
        places,
        protect,
        callers: (member) => callersOf(member, settings, network),
    });
    const joined = joinMembers(members, karmada.connection, clusters, ({ name }) =>
        peerings.has(name) ? [peerings.get(name)!] : [],
    );
    return {
        ...deployTo(karmada.connection, joined, settings),
        endpoint: pulumi.interpolate`${endpoint.host}:${endpoint.port}`,
        karmadaKubeconfig: karmada.connection.kubeconfig,
        parentKubeconfig: parent.kubeconfig,
        certificates: karmada.ledger,
        versions: karmada.versions,
        snapshotBucket: store?.bucket,
        connectCommand: host?.connectCommand,
        connection: settings.spokes && exportConnection(karmada.connection, settings.spokes),
    };
}

function declareNetwork(
    { region, tags, network: { existing, ...settings } }: AwsSettings,
    places: Places,
): KarmadaVpc {
    const args = existing ? { region, existing } : { ...settings, region, tags };
    return new KarmadaVpc("karmada", args, places(region));
}

function declareParent(
    { region, tags, karmada, protect, parent: { existing, ...settings } }: AwsSettings,
    network: KarmadaVpc,
    places: Places,
): KarmadaParentCluster {
    const made = {
        ...settings,
        region,
        vpcId: network.vpcId,
        subnetIds: network.privateSubnetIds,
        etcdMembers: karmada.etcd.members,
        tags,
    };
    return new KarmadaParentCluster("karmada-parent", existing ? { region, existing } : made, {
        ...places(region),
        ...protection(Protected.Parent, protect),
    });
}

/** One for each member whose network is to be joined with the parent's. */
function declarePeerings(
    settings: AwsSettings,
    network: KarmadaVpc,
    networks: MemberNetworks,
    places: Places,
): ReadonlyMap<string, NetworkPeering> {
    const { region, tags } = settings;
    const one = {
        region,
        vpcId: network.vpcId,
        cidr: rangeOf(settings),
        routeTableIds: network.privateRouteTableIds,
    };
    const peered = [...networks].filter(([, member]) => member.settings.peered);
    return new Map(
        peered.map(([name, { vpc, settings: member }]) => {
            const other = {
                region: member.region,
                vpcId: vpc.vpcId,
                cidr: member.network.cidr,
                routeTableIds: vpc.privateRouteTableIds,
            };
            return [name, new NetworkPeering(name, { one, other, tags }, places(region))];
        }),
    );
}

/** Open to the listed ranges, and to the members that call it. */
function declareEndpoint(
    { region, tags, endpoint, members }: AwsSettings,
    network: KarmadaVpc,
    parent: KarmadaParentCluster,
    networks: MemberNetworks,
    places: Places,
): KarmadaEndpoint {
    const pulling = members
        .filter(({ mode }) => mode === JoinMode.Pull)
        .flatMap(({ name }) => {
            const found = networks.get(name);
            return found ? [{ name, ...found }] : [];
        });
    const peered = pulling.filter(({ settings }) => settings.peered);
    const outside = pulling.filter(({ settings }) => !settings.peered);
    const ranges = peered.map(({ settings }) => settings.network.cidr);
    const addresses = outside.flatMap(({ name, vpc }) =>
        vpc.natAddresses.map((address, at) => [`${name}-nat-${at + 1}`, address] as const),
    );
    return new KarmadaEndpoint(
        "karmada",
        {
            ...endpoint,
            vpcId: network.vpcId,
            subnetIds: endpoint.internetFacing ? network.publicSubnetIds : network.privateSubnetIds,
            autoscalingGroupNames: parent.autoscalingGroupNames,
            nodeSecurityGroupId: parent.securityGroupId,
            allowedRanges: [...new Set([...endpoint.allowedRanges, ...ranges])],
            allowedAddresses: Object.fromEntries(addresses),
            tags,
        },
        places(region),
    );
}

/** Karmada's controllers call members that push from the parent's nodes. */
function callersOf(member: AwsMember, settings: AwsSettings, network: KarmadaVpc) {
    const peered = "newCluster" in member.place && member.place.newCluster.peered;
    return {
        // Whoever runs the program within the network comes the same way.
        ranges: peered ? [rangeOf(settings)] : [],
        addresses: !peered && member.mode === JoinMode.Push ? network.natAddresses : [],
    };
}

function declareHost(
    { region, tags, host }: AwsSettings,
    network: KarmadaVpc,
    parent: KarmadaParentCluster,
    places: Places,
): ManagementHost {
    return new ManagementHost(
        "karmada-host",
        {
            ...host,
            region,
            vpcId: network.vpcId,
            subnetId: network.privateSubnetIds[0]!,
            clusterName: parent.clusterName,
            clusterArn: parent.clusterArn,
            clusterSecurityGroupId: parent.securityGroupId,
            tags,
        },
        places(region),
    );
}
