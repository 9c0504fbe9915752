import * as assert from "node:assert/strict";
import { readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Arrow } from "../../../components/controlPlane/networkPolicies";
import type { KubeObject } from "../../../local/kube";
import { eventually } from "../../support/eventually";
import { allProcesses } from "../../support/processTree";
import { type ControlPlaneInCluster, namespace } from "./controlPlaneInCluster";

const established = "01";
const listening = "0A";
const nameResolution = 53;

/** As long as controllers that do something every ten seconds need to have done it, and more. */
const watchedForMs = 30_000;
const betweenLooksMs = 300;

interface Socket {
    readonly local: Endpoint;
    readonly remote: Endpoint;
    readonly state: string;
}

interface Endpoint {
    readonly address: string;
    readonly port: number;
}

/** A connection of a pod, whether it is still being made, open or at its end. */
interface Connection extends Arrow {
    readonly isOpen: boolean;
    /** Whether it leaves the namespace: then `to` is an address. */
    readonly leaves: boolean;
}

const shown = ({ from, to, port }: Arrow) => `${from} → ${to}:${port}`;

/**
 * Looks again and again: every one of the lasting connections is open sooner or later, and there is none that is
 * not allowed, be it between pods or out of the namespace.
 */
export async function assertConnected(
    controlPlane: ControlPlaneInCluster,
    { allowed, lasting }: Readonly<Record<"allowed" | "lasting", readonly Arrow[]>>,
): Promise<void> {
    const { parentClient } = controlPlane;
    const services = await parentClient.list("v1", "Service", { namespace });
    const inside = new Set(services.map(({ spec }) => (spec as { clusterIP: string }).clusterIP));
    const api = "networking.k8s.io/v1";
    const mayLeave = appsThatMayLeave(await parentClient.list(api, "NetworkPolicy", { namespace }));
    const known = new Set(allowed.map(shown));
    const isForbidden = ({ leaves, ...arrow }: Connection) =>
        leaves ? !mayLeave.has(arrow.from) : !known.has(shown(arrow));

    const open = new Set<string>();
    const forbidden = new Set<string>();
    const until = Date.now() + watchedForMs;
    const look = async () => {
        await sleep(betweenLooksMs);
        const connections = connectionsOf(await controlPlane.pods(), inside);
        for (const each of connections.filter(({ isOpen }) => isOpen)) open.add(shown(each));
        for (const each of connections.filter(isForbidden)) forbidden.add(shown(each));
        const missing = lasting.map(shown).filter((arrow) => !open.has(arrow));
        assert.deepEqual(missing, [], `never open: ${missing.join(", ")}`);
        return Date.now() > until;
    };
    await eventually("every lasting connection was seen", look, 2 * watchedForMs).finally(() => {
        const all = [...forbidden];
        assert.deepEqual(all, [], `no network policy lets these through: ${all.join(", ")}`);
    });
}

/** Those whose network policy in the cluster lets them go anywhere. */
function appsThatMayLeave(policies: readonly KubeObject[]): Set<string> {
    const anywhere = policies.filter(({ spec }) =>
        isDeepStrictEqual((spec as { egress?: unknown }).egress, [{}]),
    );
    return new Set(anywhere.map(({ metadata }) => metadata.name!));
}

/**
 * What there is right now, as both sides see it. Needs a kernel that is shared with the pods.
 * @param inside addresses of Services of the namespace: the called pod sees who comes through them
 */
function connectionsOf(pods: readonly KubeObject[], inside: ReadonlySet<string>): Connection[] {
    const byAddress = new Map(
        pods.map((pod) => [(pod["status"] as { podIP?: string }).podIP ?? "", pod]),
    );
    const appOf = ({ address }: Endpoint) => byAddress.get(address)?.metadata.labels?.["app"];
    return networkNamespaces().flatMap((pid) => {
        const sockets = socketsOf(pid);
        const served = new Set(
            sockets.filter(({ state }) => state === listening).map(({ local }) => local.port),
        );
        return sockets.flatMap(({ local, remote, state }): Connection[] => {
            const [own, other] = [appOf(local), appOf(remote)];
            // No policy is asked about what a pod says to itself.
            if (!own || state === listening || local.address === remote.address) return [];
            const isOpen = state === established;
            if (served.has(local.port) || declares(byAddress.get(local.address)!, local.port)) {
                // Kubelets, whoever reads metrics and clients of the API come from elsewhere.
                if (!other) return [];
                return [{ from: other, to: own, port: local.port, isOpen, leaves: false }];
            }
            const { address, port } = remote;
            if (other) return [{ from: own, to: other, port, isOpen, leaves: false }];
            if (inside.has(address) || port === nameResolution) return [];
            return [{ from: own, to: address, port, isOpen, leaves: true }];
        });
    });
}

/** Whether it is one of the pod's ports, though nobody may listen there at the moment. */
function declares({ spec }: KubeObject, port: number): boolean {
    const { containers } = spec as { containers: { ports?: { containerPort: number }[] }[] };
    return containers.some(({ ports = [] }) =>
        ports.some(({ containerPort }) => containerPort === port),
    );
}

/** One process of each. */
function networkNamespaces(): number[] {
    const found = new Map<string, number>();
    for (const { pid } of allProcesses()) {
        const namespace = unlessEnded(() => readlinkSync(`/proc/${pid}/ns/net`));
        if (namespace !== undefined) found.set(namespace, pid);
    }
    return [...found.values()];
}

function socketsOf(pid: number): Socket[] {
    return ["tcp", "tcp6"].flatMap((table) => {
        const text = unlessEnded(() => readFileSync(`/proc/${pid}/net/${table}`, "utf8")) ?? "";
        const lines = text.trim().split("\n").slice(1);
        return lines.map((line) => {
            const [, local = "", remote = "", state = ""] = line.trim().split(/\s+/);
            return { local: endpoint(local), remote: endpoint(remote), state };
        });
    });
}

/** What is read of a process, which may have ended meanwhile. */
function unlessEnded<T>(read: () => T): T | undefined {
    try {
        return read();
    } catch {
        return undefined;
    }
}

/** The kernel prints an address in the order of its bytes in memory; one of IPv4 ends one of IPv6. */
function endpoint(text: string): Endpoint {
    const [address = "", port = ""] = text.split(":");
    const bytes = Buffer.from(address.slice(-8), "hex").reverse();
    return { address: [...bytes].join("."), port: Number.parseInt(port, 16) };
}
