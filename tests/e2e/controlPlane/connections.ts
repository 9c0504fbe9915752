import * as assert from "node:assert/strict";
import { readFileSync, readlinkSync } from "node:fs";
import type { Arrow } from "../../../components/controlPlane/networkPolicies";
import type { KubeObject } from "../../../local/kube";
import { eventually } from "../../support/eventually";
import { allProcesses } from "../../support/processTree";

const established = "01";
const listening = "0A";

interface Socket {
    readonly local: Endpoint;
    readonly remote: Endpoint;
    readonly state: string;
}

interface Endpoint {
    readonly address: string;
    readonly port: number;
}

const shown = ({ from, to, port }: Arrow) => `${from} → ${to}:${port}`;

/** Every one of the lasting connections is seen sooner or later, and meanwhile none that is not allowed. */
export async function assertConnected(
    podsNow: () => Promise<readonly KubeObject[]>,
    { allowed, lasting }: Readonly<Record<"allowed" | "lasting", readonly Arrow[]>>,
): Promise<void> {
    const seen = new Set<string>();
    await eventually("every lasting connection was seen", async () => {
        for (const each of connectionsBetween(await podsNow())) seen.add(shown(each));
        assert.deepEqual(
            lasting.map(shown).filter((arrow) => !seen.has(arrow)),
            [],
        );
    });
    const known = allowed.map(shown);
    assert.deepEqual(
        [...seen].filter((arrow) => !known.includes(arrow)),
        [],
    );
}

/** Connections between pods that are open right now, as the called side sees them. Needs a kernel that is shared with them. */
function connectionsBetween(pods: readonly KubeObject[]): Arrow[] {
    const apps = new Map(
        pods.map(({ metadata, status }) => [
            (status as { podIP?: string }).podIP ?? "",
            metadata.labels?.["app"] ?? "",
        ]),
    );
    return networkNamespaces().flatMap((pid) => {
        const sockets = socketsOf(pid);
        const served = new Set(
            sockets.filter(({ state }) => state === listening).map(({ local }) => local.port),
        );
        return sockets.flatMap(({ local, remote, state }) => {
            const [from, to] = [apps.get(remote.address), apps.get(local.address)];
            const isCalled = state === established && served.has(local.port);
            return isCalled && from && to ? [{ from, to, port: local.port }] : [];
        });
    });
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
