import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Addresses, as the kernel writes them, on which a process listens (Linux). */
export function listeningAddresses(pid: number): string[] {
    const inodes = new Set(
        readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
            try {
                return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
            } catch {
                // Closed meanwhile.
                return [];
            }
        }),
    );
    return ["tcp", "tcp6"].flatMap((table) =>
        readFileSync(`/proc/${pid}/net/${table}`, "utf8")
            .split("\n")
            .slice(1)
            .map((line) => line.trim().split(/\s+/))
            .filter(([, , , state, , , , , , inode]) => state === "0A" && inodes.has(inode ?? ""))
            .map(([, local]) => local ?? ""),
    );
}

/** 127.0.0.1 in the kernel's writing. */
export const loopback = "0100007F";
