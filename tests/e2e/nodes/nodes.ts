import * as path from "node:path";

/** One of the three machines that are pretended; all of it but the kernel is its own. */
export interface NodeSite {
    readonly name: string;
    readonly zone: string;
    readonly address: string;
    /** Addresses of its pods. */
    readonly pods: { readonly range: string; readonly gateway: string };
    /** Control groups of its pods, and of the kubelet and the container runtime. */
    readonly podGroup: string;
    readonly systemGroup: string;
    /** What is on its disk. */
    readonly folder: string;
}

export const region = "eu-central-1";
export const rootGroup = "karmada-nodes";
export const proxyGroup = `${rootGroup}/proxy`;

export const nodeSites = (stateDir: string): NodeSite[] =>
    ["a", "b", "c"].map((letter, index) => {
        const number = index + 1;
        const name = `node-${number}`;
        return {
            name,
            zone: `${region}${letter}`,
            address: `10.88.0.${number}`,
            pods: { range: `10.88.${number}.0/24`, gateway: `10.88.${number}.1` },
            podGroup: `${rootGroup}/${name}`,
            systemGroup: `${rootGroup}/${name}-system`,
            folder: path.join(stateDir, "nodes", name),
        };
    });
