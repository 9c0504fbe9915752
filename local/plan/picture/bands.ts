import type { Home } from "../topology";
import { type Area, columns, inset, middle } from "./shapes";

/** Where each part of a control plane's Region lies. */
export interface Bands {
    readonly people: Area;
    readonly region: Area;
    readonly network: Area;
    readonly balancer?: Area;
    readonly zones: readonly ZoneBands[];
    readonly cluster: Area;
    readonly karmada: Area;
    readonly host?: Area;
    readonly bucket?: Area;
}

export interface ZoneBands {
    readonly whole: Area;
    readonly public?: Area;
    readonly private: Area;
    readonly nodes: Area;
}

const gap = 12;
const gapToRegion = 30;
const heights = {
    people: 34,
    regionTitle: 38,
    networkTitle: 34,
    balancer: 46,
    zoneTitle: 30,
    public: 44,
    subnetTitle: 26,
    clusterTitle: 32,
    nodes: 62,
    karmada: 48,
    host: 44,
    bucket: 36,
} as const;

/** From top to bottom, each band beneath the one before. */
export function bandsOf(home: Home, { x, y, width }: Omit<Area, "height">): Bands {
    const { zones } = home.network;
    const isPublic = zones.some(({ publicRange }) => publicRange !== undefined);
    const hasBalancer = home.loadBalancer !== undefined;

    const regionTop = y + heights.people + gapToRegion;
    const networkTop = regionTop + heights.regionTitle;
    const balancerTop = networkTop + heights.networkTitle;
    const zonesTop = balancerTop + (hasBalancer ? heights.balancer + gap : 0);
    const publicTop = zonesTop + heights.zoneTitle;
    const privateTop = publicTop + (isPublic ? heights.public + gap : 0);
    const clusterTop = privateTop + heights.subnetTitle;
    const nodesTop = clusterTop + heights.clusterTitle;
    const karmadaTop = nodesTop + heights.nodes + 10;
    const clusterEnd = karmadaTop + heights.karmada + 10;
    const hostTop = clusterEnd + 10;
    const privateEnd = (home.host === undefined ? clusterEnd : hostTop + heights.host) + 10;
    const zonesEnd = privateEnd + 10;
    const networkEnd = zonesEnd + 16;
    const bucketTop = networkEnd + 28;
    const regionEnd = (home.snapshots ? bucketTop + heights.bucket : networkEnd) + 16;

    const within = (by: number, top: number, end: number): Area => ({
        x: x + by,
        y: top,
        width: width - 2 * by,
        height: end - top,
    });
    const centered = (wide: number, top: number, height: number): Area => ({
        x: x + (width - wide) / 2,
        y: top,
        width: wide,
        height,
    });
    const zoneBands = columns(zones.length, within(32, zonesTop, zonesEnd), gap).map((whole) => {
        const inside = inset(whole, 10);
        const row = (top: number, end: number): Area => ({ ...inside, y: top, height: end - top });
        return {
            whole,
            ...(isPublic && { public: row(publicTop, publicTop + heights.public) }),
            private: row(privateTop, privateEnd),
            nodes: { ...inset(whole, 18), y: nodesTop, height: heights.nodes },
        };
    });
    const firstNodes = zoneBands[0]!.nodes;
    return {
        people: centered(190, y, heights.people),
        region: within(0, regionTop, regionEnd),
        network: within(16, networkTop, networkEnd),
        ...(hasBalancer && { balancer: within(32, balancerTop, balancerTop + heights.balancer) }),
        zones: zoneBands,
        cluster: within(40, clusterTop, clusterEnd),
        karmada: within(50, karmadaTop, karmadaTop + heights.karmada),
        ...(home.host !== undefined && {
            host: { ...firstNodes, y: hostTop, height: heights.host },
        }),
        ...(home.snapshots && { bucket: centered(220, bucketTop, heights.bucket) }),
    };
}

export const centerOf = (area: Area) => ({ x: middle(area), y: area.y + area.height / 2 });
export const endOf = ({ y, height }: Area): number => y + height;
