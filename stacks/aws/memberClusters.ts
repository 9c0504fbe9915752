import type * as pulumi from "@pulumi/pulumi";
import { KarmadaParentCluster, KarmadaVpc, MemberCluster } from "../../components";
import type { KarmadaConnection } from "../../components/connection/karmadaConnection";
import {
    checkFoundCluster,
    findCluster,
    kubeconfigOf,
} from "../../components/parentCluster/existingParent";
import type { Tags } from "../../components/support/amazon";
import { within } from "../../components/support/problems";
import { project } from "../parseSettings";
import { refuseSettings } from "../settings";
import type { AwsMember, NewCluster } from "./memberSettings";
import { Protected } from "./protected";
import { protection } from "./protection";
import type { Places } from "./providers";

/** A member's network, where this stack makes one. */
export interface MemberNetwork {
    readonly vpc: KarmadaVpc;
    readonly settings: NewCluster;
}

export type MemberNetworks = ReadonlyMap<string, MemberNetwork>;

/** The Regions in which members need a provider. */
export const regionsOf = (members: readonly AwsMember[]): string[] =>
    members.flatMap(({ place, region }) =>
        "kubeconfig" in place || region === undefined ? [] : [region],
    );

export function declareNetworks(
    members: readonly AwsMember[],
    tags: Tags,
    places: Places,
): MemberNetworks {
    return new Map(
        members.flatMap(({ name, place }): [string, MemberNetwork][] => {
            if (!("newCluster" in place)) return [];
            const { newCluster: settings } = place;
            const { region, network } = settings;
            const vpc = new KarmadaVpc(name, { ...network, region, tags }, places(region));
            return [[name, { vpc, settings }]];
        }),
    );
}

export interface MemberSurroundings {
    readonly networks: MemberNetworks;
    readonly kubeconfigs: ReadonlyMap<string, string>;
    readonly tags: Tags;
    readonly places: Places;
    readonly protect: readonly Protected[];
    /** From where Karmada calls members of this name: through the network, or by public addresses. */
    readonly callers: (member: AwsMember) => {
        readonly ranges: readonly string[];
        readonly addresses: readonly pulumi.Input<string>[];
    };
}

/** Text of an administrator's kubeconfig of each member. */
export function declareClusters(
    members: readonly AwsMember[],
    surroundings: MemberSurroundings,
): ReadonlyMap<string, pulumi.Input<string>> {
    return new Map(
        members.map((member, at) => [member.name, kubeconfigFor(member, at, surroundings)]),
    );
}

function kubeconfigFor(
    member: AwsMember,
    at: number,
    { networks, kubeconfigs, tags, places, protect, callers }: MemberSurroundings,
): pulumi.Input<string> {
    const { name, place, region } = member;
    if ("kubeconfig" in place) return kubeconfigs.get(name)!;
    if ("existingCluster" in place) {
        const found = findCluster(place.existingCluster, places(region!), (cluster) =>
            refuseSettings(
                within(`${project}:members[${at}]`, checkFoundCluster("existingCluster", cluster)),
            ),
        );
        return kubeconfigOf(region!, found);
    }
    const { vpc, settings } = networks.get(name)!;
    const { cluster } = settings;
    const { ranges, addresses } = callers(member);
    return new KarmadaParentCluster(
        name,
        {
            ...cluster,
            region: settings.region,
            vpcId: vpc.vpcId,
            subnetIds: vpc.privateSubnetIds,
            privateAccessFrom: [...new Set([...(cluster.privateAccessFrom ?? []), ...ranges])],
            publicAccessOf: addresses,
            // Those of Karmada are the parent's.
            etcdMembers: 0,
            tags,
        },
        { ...places(settings.region), ...protection(Protected.Members, protect) },
    ).kubeconfig;
}

export function joinMembers(
    members: readonly AwsMember[],
    karmada: KarmadaConnection,
    kubeconfigs: ReadonlyMap<string, pulumi.Input<string>>,
    dependsOn: (member: AwsMember) => pulumi.Resource[] = () => [],
): MemberCluster[] {
    return members.map((member) => {
        const { name, mode, zones, region, provider } = member;
        const onAmazon = "kubeconfig" in member.place ? undefined : "aws";
        return new MemberCluster(
            name,
            {
                karmada,
                mode,
                zones,
                region,
                provider: provider ?? onAmazon,
                kubeconfig: kubeconfigs.get(name)!,
            },
            { dependsOn: dependsOn(member) },
        );
    });
}
