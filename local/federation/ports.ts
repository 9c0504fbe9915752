import { createServer, type Server } from "node:net";
import { UserError } from "../support/errors";
import { readIfThere, writePrivate } from "./files";

/** Below the range from which systems take the ports of outgoing connections. */
const first = 20_000;
const count = 12_000;

export type Ports = Readonly<Record<string, number>>;

/** A port for every purpose: the one kept in the file, else a free one, kept from now on. */
export async function keptPorts(file: string, purposes: readonly string[]): Promise<Ports> {
    const kept = new Map(
        Object.entries(JSON.parse(readIfThere(file) ?? "{}") as Record<string, number>),
    );
    const missing = purposes.filter((purpose) => !kept.has(purpose));
    if (missing.length > 0) {
        const used = new Set(kept.values());
        let next = Math.floor(Math.random() * count);
        for (const purpose of missing) {
            let port: number;
            do {
                port = first + (next++ % count);
            } while (used.has(port) || !(await isFree(port)));
            used.add(port);
            kept.set(purpose, port);
        }
        writePrivate(file, JSON.stringify(Object.fromEntries(kept), undefined, 2));
    }
    return Object.fromEntries(kept);
}

/** Refuses, all at once, ports that another program listens on. */
export async function requireFree(
    wanted: readonly { readonly process: string; readonly port: number }[],
): Promise<void> {
    const taken: string[] = [];
    for (const { process, port } of wanted) {
        if (!(await isFree(port))) taken.push(`  - port ${port} of ${process}`);
    }
    if (taken.length > 0) {
        throw new UserError(
            `Another program listens on 127.0.0.1 where this federation has its place:\n${taken.join("\n")}\n` +
                "Stop that program, or choose new ports by giving up the federation's data: " +
                "`npm run stop -- --purge`, then start again.",
        );
    }
}

function isFree(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const server: Server = createServer();
        server.once("error", () => resolve(false));
        server.listen({ port, host: "127.0.0.1", exclusive: true }, () =>
            server.close(() => resolve(true)),
        );
    });
}

export function portOf(ports: Ports, purpose: string): number {
    const port = ports[purpose];
    if (port === undefined) throw new Error(`no port is kept for ${purpose}`);
    return port;
}
