import { readFileSync, writeFileSync } from "node:fs";
import { readIfThere, writePrivate } from "../../../local/federation/files";

/** Settings of the whole host that a kubelet makes at its start. */
const changed = [
    "kernel/keys/root_maxbytes",
    "kernel/keys/root_maxkeys",
    "kernel/panic",
    "kernel/panic_on_oops",
    "vm/overcommit_memory",
    "vm/panic_on_oom",
].map((name) => `/proc/sys/${name}`);

/** Name of the file with what they were, in the state directory. */
export const keptSysctls = "sysctls.json";

/** Keeps them in a file, unless it holds them already. */
export function keepSysctls(file: string): void {
    if (readIfThere(file) !== undefined) return;
    const kept = changed.map((sysctl) => [sysctl, readFileSync(sysctl, "utf8").trim()]);
    writePrivate(file, JSON.stringify(Object.fromEntries(kept)));
}

export function restoreSysctls(file: string): void {
    const kept = JSON.parse(readIfThere(file) ?? "{}") as Record<string, string>;
    for (const [sysctl, value] of Object.entries(kept)) writeFileSync(sysctl, value);
}
