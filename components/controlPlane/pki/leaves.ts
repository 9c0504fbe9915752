import { isIP } from "node:net";
import { etcd, memberHost, memberNames } from "../etcd/etcdPlan";
import type { PartLeaf } from "../foundations";
import type { OptionalParts } from "../optionalParts";

export const authorityNames = ["karmada", "front-proxy", "etcd"] as const;
export type AuthorityName = (typeof authorityNames)[number];

/** Beside those that the parts use. */
export type LeafName = PartLeaf | "etcd-server" | "etcd-peer" | "etcd-client-backup";

/** Where the certificates are used, as far as their names depend on it. */
export interface PkiSite {
    /** Namespace of the control plane in the parent cluster. */
    readonly namespace: string;
    /** Further names and addresses by which clients reach Karmada's API. */
    readonly extraNames: readonly string[];
    /** First address of the range of Karmada's Services: that of its own API. */
    readonly serviceCidrFirstIp: string;
    readonly etcdMembers: number;
    /** @default none of them */
    readonly optional?: OptionalParts;
    /**
     * Whether somebody reads metrics.
     * @default false
     */
    readonly monitored?: boolean;
}

export type Usage = "digital_signature" | "server_auth" | "client_auth";

/** One certificate, without its validity and its key. */
export interface Leaf {
    readonly name: LeafName;
    readonly authority: AuthorityName;
    readonly commonName: string;
    readonly organizations: readonly string[];
    readonly dnsNames: readonly string[];
    readonly ipAddresses: readonly string[];
    readonly usages: readonly Usage[];
}

/** Who reads metrics, to Karmada's API. */
export const monitoringUser = "system:karmada:monitoring";

interface Names {
    readonly dnsNames: readonly string[];
    readonly ipAddresses: readonly string[];
}

const noNames: Names = { dnsNames: [], ipAddresses: [] };
const localNames = ["localhost"];
const localAddresses = ["127.0.0.1"];

/** Every certificate of the control plane. The API server's lacks the endpoint: `withNames` adds it. */
export function leavesOf(site: PkiSite): readonly Leaf[] {
    const { namespace, optional = {} } = site;
    return [
        withNames(serving("apiserver", "karmada-apiserver", apiServerNames(site)), site.extraNames),
        servingInside("aggregated-apiserver", "karmada-aggregated-apiserver", namespace),
        servingInside("webhook", "karmada-webhook", namespace),
        // Karmada's API server lets this very name through to members.
        administrating("admin", "system:admin"),
        administrating("controller-manager", "system:karmada:karmada-controller-manager"),
        administrating("scheduler", "system:karmada:karmada-scheduler"),
        administrating("kube-controller-manager", "system:karmada:kube-controller-manager"),
        administrating("webhook-client", "system:karmada:karmada-webhook"),
        administrating(
            "aggregated-apiserver-client",
            "system:karmada:karmada-aggregated-apiserver",
        ),
        {
            ...client("front-proxy-client", "front-proxy"),
            // The one that the API server's --requestheader-allowed-names lets in.
            commonName: "front-proxy-client",
        },
        {
            name: "etcd-server",
            authority: "etcd",
            commonName: "etcd-server",
            organizations: [],
            dnsNames: [
                ...memberHosts(site),
                ...serviceNames(etcd.clientService, namespace),
                ...localNames,
            ],
            ipAddresses: localAddresses,
            usages: ["digital_signature", "server_auth"],
        },
        {
            name: "etcd-peer",
            authority: "etcd",
            commonName: etcd.peerCommonName,
            organizations: [],
            dnsNames: memberHosts(site),
            ipAddresses: [],
            usages: ["digital_signature", "server_auth", "client_auth"],
        },
        // No names of hosts in these: etcd would compare them with where the call comes from.
        client("etcd-client-apiserver", "etcd"),
        client("etcd-client-aggregated", "etcd"),
        client("etcd-client-backup", "etcd"),
        ...(optional.search ? searchLeaves(namespace) : []),
        ...(optional.metricsAdapter ? metricsAdapterLeaves(namespace) : []),
        ...(optional.descheduler
            ? [administrating("descheduler", "system:karmada:karmada-descheduler")]
            : []),
        ...(site.monitored ? monitoringLeaves(namespace) : []),
    ];
}

const searchLeaves = (namespace: string): Leaf[] => [
    servingInside("search", "karmada-search", namespace),
    administrating("search-client", "system:karmada:karmada-search"),
    client("etcd-client-search", "etcd"),
];

const metricsAdapterLeaves = (namespace: string): Leaf[] => [
    servingInside("metrics-adapter", "karmada-metrics-adapter", namespace),
    administrating("metrics-adapter-client", "system:karmada:karmada-metrics-adapter"),
];

const monitoringLeaves = (namespace: string): Leaf[] => [
    servingInside("kube-controller-manager-server", "kube-controller-manager", namespace),
    // No administrator's: it may read metrics and nothing else.
    { ...client("monitoring", "karmada"), commonName: monitoringUser },
];

/** The leaf with the names and addresses of further hosts, each once. */
export function withNames(leaf: Leaf, hosts: readonly string[]): Leaf {
    const addresses = hosts.filter((host) => isIP(host) !== 0);
    const names = hosts.filter((host) => isIP(host) === 0);
    return {
        ...leaf,
        dnsNames: [...new Set([...leaf.dnsNames, ...names])],
        ipAddresses: [...new Set([...leaf.ipAddresses, ...addresses])],
    };
}

function apiServerNames({ namespace, serviceCidrFirstIp }: PkiSite): Names {
    return {
        dnsNames: [
            ...serviceNames("karmada-apiserver", namespace),
            ...serviceNames("kubernetes", "default"),
            ...localNames,
        ],
        ipAddresses: [...localAddresses, serviceCidrFirstIp],
    };
}

function serviceNames(service: string, namespace: string): string[] {
    const qualified = `${service}.${namespace}`;
    return [service, qualified, `${qualified}.svc`, `${qualified}.svc.cluster.local`];
}

/** With the domain too: a peer's address may be looked up, and answers come with it. */
function memberHosts({ etcdMembers, namespace }: PkiSite): string[] {
    return memberNames(etcdMembers).flatMap((member) => {
        const host = memberHost(member, namespace);
        return [host, `${host}.cluster.local`];
    });
}

function serving(name: LeafName, component: string, names: Names): Leaf {
    return {
        name,
        authority: "karmada",
        commonName: `system:karmada:${component}`,
        organizations: [],
        ...names,
        usages: ["digital_signature", "server_auth"],
    };
}

/** For callers in the parent cluster alone. */
const servingInside = (name: LeafName, component: string, namespace: string): Leaf =>
    serving(name, component, {
        dnsNames: [...serviceNames(component, namespace), ...localNames],
        ipAddresses: localAddresses,
    });

function client(name: LeafName, authority: AuthorityName): Leaf {
    return {
        name,
        authority,
        commonName: name,
        organizations: [],
        ...noNames,
        usages: ["digital_signature", "client_auth"],
    };
}

function administrating(name: LeafName, commonName: string): Leaf {
    return { ...client(name, "karmada"), commonName, organizations: ["system:masters"] };
}
