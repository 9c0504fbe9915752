import type { Home, Zone } from "../topology";
import { type Bands, bandsOf, centerOf, endOf, type ZoneBands } from "./bands";
import {
    type Area,
    arrow,
    box,
    lines,
    middle,
    type Point,
    type Shape,
    text,
    titled,
} from "./shapes";

/** Where the lines to and from the members begin and end. */
export interface Drawn {
    readonly shapes: readonly Shape[];
    readonly height: number;
    /** Where Karmada's calls leave. */
    readonly calls: Point;
    /** Where calls of Karmada's API arrive. */
    readonly called: Point;
}

/** The Region in which the control plane runs, from its clients down to its snapshots. */
export function drawHome(home: Home, place: Omit<Area, "height">): Drawn {
    const bands = bandsOf(home, place);
    const { people, region, balancer, karmada } = bands;
    const right = ({ x, width }: Area) => x + width;
    return {
        shapes: [
            box("people", people),
            ...lines(people, [["strong", "operators and pipelines"]]),
            ...drawFrames(home, bands),
            ...home.network.zones.flatMap((zone, at) => drawZone(zone, bands.zones[at]!)),
            ...drawCluster(home, bands),
            ...drawBesides(home, bands),
            arrow("clients", [
                { x: middle(people), y: endOf(people) },
                { x: middle(people), y: (balancer ?? karmada).y },
            ]),
        ],
        height: endOf(region) - place.y,
        calls: { x: right(karmada), y: centerOf(karmada).y },
        called: balancer
            ? { x: right(balancer), y: centerOf(balancer).y }
            : { x: right(karmada), y: karmada.y + karmada.height / 4 },
    };
}

function drawFrames({ region, network, loadBalancer }: Home, bands: Bands): Shape[] {
    const title = network.range ? `VPC ${network.name} · ${network.range}` : network.name;
    const frames = [
        ...titled("region", bands.region, "heading", region),
        ...titled("network", bands.network, "label", title),
    ];
    if (!loadBalancer || !bands.balancer) return frames;
    const facing = loadBalancer.internetFacing ? "faces the internet" : "within the network";
    const { name, port } = loadBalancer;
    return [
        ...frames,
        box("balancer", bands.balancer),
        ...lines(bands.balancer, [
            ["onColor", "Network Load Balancer"],
            ["onColorSmall", `${name} · TCP ${port} · ${facing} · TLS passes through`],
        ]),
    ];
}

function drawZone(zone: Zone, bands: ZoneBands): Shape[] {
    const title = { x: middle(bands.whole), y: bands.whole.y + 20 };
    const shapes: Shape[] = [
        box("zone", bands.whole),
        text("label", title, zone.name, bands.whole.width - 20, "middle"),
    ];
    const inSubnet = (area: Area, line: number, words: string) =>
        text("small", { x: area.x + 10, y: area.y + 17 * line }, words, area.width - 20);
    if (bands.public && zone.publicRange) {
        shapes.push(
            box("public", bands.public),
            inSubnet(bands.public, 1, `public ${zone.publicRange}`),
            inSubnet(bands.public, 2, zone.nat ? "NAT gateway" : "no NAT gateway"),
        );
    }
    shapes.push(
        box("private", bands.private),
        inSubnet(bands.private, 1, `private ${zone.privateRange ?? ""}`.trim()),
    );
    return shapes;
}

function drawCluster({ cluster, etcdMembers, apiServers }: Home, bands: Bands): Shape[] {
    const version = cluster.version ? ` · Kubernetes ${cluster.version}` : "";
    const nodes = bands.zones.flatMap(({ nodes }, at) => {
        const here = share(cluster.nodes, at, bands.zones.length);
        const etcd = share(etcdMembers, at, bands.zones.length);
        const runs = [
            share(apiServers, at, bands.zones.length) > 0 && "API server",
            etcd > 0 && (etcd > 1 ? `etcd × ${etcd}` : "etcd"),
        ];
        return [
            box("card", nodes),
            ...lines(nodes, [
                ["strong", here === 1 ? "1 node" : `${here} nodes`],
                ["small", cluster.nodeType],
                ["small", runs.filter(Boolean).join(" · ")],
            ]),
        ];
    });
    return [
        ...titled("cluster", bands.cluster, "strong", `EKS cluster ${cluster.name}${version}`),
        ...nodes,
        box("karmada", bands.karmada),
        ...lines(bands.karmada, [
            ["onColor", "Karmada"],
            ["onColorSmall", "API servers · scheduler · controllers · webhook"],
        ]),
    ];
}

function drawBesides({ host = "" }: Home, bands: Bands): Shape[] {
    const shapes: Shape[] = [];
    if (bands.host) {
        shapes.push(
            box("chip", bands.host),
            ...lines(bands.host, [
                ["small", "management host"],
                ["small", host],
            ]),
        );
    }
    if (bands.bucket) {
        const x = middle(bands.bucket);
        shapes.push(
            box("bucket", bands.bucket),
            ...lines(bands.bucket, [["strong", "S3 · snapshots of etcd"]]),
            arrow("snapshots", [
                { x, y: endOf(bands.karmada) },
                { x, y: bands.bucket.y },
            ]),
        );
    }
    return shapes;
}

/** What the zone at this place gets when things are dealt out one by one. */
const share = (things: number, at: number, zones: number): number =>
    Math.floor(things / zones) + (at < things % zones ? 1 : 0);
