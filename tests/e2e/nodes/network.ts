import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { run } from "./machine";
import type { NodeSite } from "./nodes";

/** One network namespace holds the nodes and their pods; what is in it goes when it does. */
const namespaceFile = "/run/karmada-nodes.netns";

/** The host's end of the only link into the namespace; the API server listens on it. */
export const hostAddress = "10.88.0.254";
/** Of the other end. Node ports answer here too, whichever node is lost. */
export const gatewayAddress = "10.88.0.100";
/** Of nodes and pods. */
export const network = "10.88.0.0/16";
const hostLink = "karmada-nodes";

export const inNamespace = (...command: string[]): string[] => [
    "nsenter",
    `--net=${namespaceFile}`,
    ...command,
];

/** Makes the namespace and the link to it; beyond the host nothing is reachable from there. */
export async function makeNetwork(): Promise<void> {
    // Not by `ip netns`, which leaves a mount of its own on the host for good.
    writeFileSync(namespaceFile, "");
    await run("unshare", `--net=${namespaceFile}`, "true");
    const hostEnd = ["peer", "name", hostLink, "netns", String(process.pid)];
    await inside("ip", "link", "add", "eth0", "type", "veth", ...hostEnd);
    await run("ip", "address", "add", `${hostAddress}/32`, "dev", hostLink);
    await run("ip", "link", "set", hostLink, "up");
    await run("ip", "route", "add", `${gatewayAddress}/32`, "dev", hostLink);
    await run("ip", "route", "add", network, "via", gatewayAddress, "src", hostAddress);
    await inside("ip", "link", "set", "lo", "up");
    await inside("ip", "address", "add", `${gatewayAddress}/32`, "dev", "eth0");
    await inside("ip", "link", "set", "eth0", "up");
    await inside("ip", "route", "add", `${hostAddress}/32`, "dev", "eth0", "src", gatewayAddress);
    await inside("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
}

export const hasNetwork = () => existsSync(`/sys/class/net/${hostLink}`);

export async function removeNetwork(): Promise<void> {
    if (hasNetwork()) await run("ip", "link", "delete", hostLink);
    if (!existsSync(namespaceFile)) return;
    const mounts = readFileSync("/proc/self/mounts", "utf8");
    if (mounts.includes(` ${namespaceFile} `)) await run("umount", namespaceFile);
    rmSync(namespaceFile);
}

/** Makes a node's own address and those of its pods reachable. */
export async function connect({ address, pods }: NodeSite): Promise<void> {
    for (const range of [address, pods.range]) {
        await inside("ip", "route", "flush", "type", "blackhole", "exact", range);
    }
    await inside("ip", "address", "replace", `${address}/32`, "dev", "eth0");
}

/** Cuts a node and its pods off, silently: whoever talks to them hears nothing any more. */
export async function cutOff({ address, pods }: NodeSite): Promise<void> {
    const routes = await inside("ip", "-o", "route", "show", "root", pods.range);
    const links = new Set([...routes.matchAll(/ dev (veth\S+)/g)].map(([, name]) => name!));
    for (const range of [address, pods.range]) {
        await inside("ip", "route", "replace", "blackhole", range);
    }
    for (const link of links) await inside("ip", "link", "set", link, "down");
    await inside("ip", "address", "delete", `${address}/32`, "dev", "eth0");
}

function inside(...command: string[]): Promise<string> {
    const [program, ...args] = inNamespace(...command);
    return run(program!, ...args);
}
