import assert from "node:assert/strict";
import { layOut } from "../../../../local/plan/picture/layout";
import {
    type Area,
    type Box,
    type BoxStyle,
    type Shape,
    sizeOf,
    type Text,
    widthOf,
} from "../../../../local/plan/picture/shapes";
import { pictureOf } from "../../../../local/plan/picture/svg";
import type { Home, Member, Topology } from "../../../../local/plan/topology";

const home: Home = {
    region: "eu-central-1",
    network: {
        name: "karmada",
        range: "10.0.0.0/16",
        zones: ["a", "b", "c"].map((letter, at) => ({
            name: `eu-central-1${letter}`,
            publicRange: `10.0.${at * 64 + 32}.0/20`,
            privateRange: `10.0.${at * 64}.0/19`,
            nat: true,
        })),
    },
    cluster: { name: "karmada-parent", version: "1.36", nodes: 3, nodeType: "m7i.large" },
    etcdMembers: 3,
    apiServers: 3,
    loadBalancer: { name: "karmada-lb", internetFacing: false, port: 32443 },
    host: "t3.small",
    snapshots: true,
};

const members = (count: number): Member[] =>
    Array.from({ length: count }, (_, at) => ({
        name: `member-with-a-rather-long-name-${at + 1}`,
        mode: at % 3 === 2 ? "pull" : "push",
        region: ["eu-central-1", "us-east-1", "eu-west-1"][at % 4] ?? "eu-central-1",
        ...(at % 2 === 0 && {
            cluster: { name: "x", version: "1.36", nodes: 12, nodeType: "m7i-flex.2xlarge" },
            range: "10.101.0.0/16",
        }),
        peered: at % 2 === 0,
        shares: [{ workload: "nginx", weight: 10, predicted: [100, 101] }],
    }));

const topology = (count: number): Topology => ({ stack: "prod", home, members: members(count) });
const isBox = (shape: Shape): shape is Box => shape.kind === "box";
const isText = (shape: Shape): shape is Text => shape.kind === "text";

/** Boxes that hold words and no other box. */
const leaves: readonly BoxStyle[] = [
    "card",
    "chip",
    "karmada",
    "balancer",
    "bucket",
    "people",
    "public",
];

const overlap = (one: Area, other: Area): boolean =>
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height;

function areaOf(line: Text): Area {
    const width = widthOf(line.text, sizeOf(line.style));
    const before = { start: 0, middle: width / 2, end: width }[line.anchor];
    const size = sizeOf(line.style);
    return { x: line.x - before, y: line.y - size * 0.8, width, height: size };
}

function overlapsAmong(areas: readonly Area[]): string[] {
    return areas.flatMap((one, at) =>
        areas
            .slice(at + 1)
            .filter((other) => overlap(one, other))
            .map((other) => `${JSON.stringify(one)} and ${JSON.stringify(other)}`),
    );
}

describe("the picture of a stack", () => {
    for (const count of [0, 1, 3, 5, 6, 12, 13, 30, 31, 50]) {
        it(`has room for all of ${count} members: nothing lies over anything else`, () => {
            const { shapes, width, height } = layOut(topology(count));
            assert.deepEqual(
                overlapsAmong(shapes.filter(isBox).filter(({ style }) => leaves.includes(style))),
                [],
            );
            const words = shapes.filter(isText).map(areaOf);
            assert.deepEqual(overlapsAmong(words), []);
            for (const area of [...words, ...shapes.filter(isBox)]) {
                const inside =
                    area.x >= 0 &&
                    area.y >= 0 &&
                    area.x + area.width <= width &&
                    area.y + area.height <= height;
                assert.ok(inside, JSON.stringify(area));
            }
        });
    }

    it("has a card for each member, with what it will run", () => {
        const words = layOut(topology(50)).shapes.filter(isText);
        const cards = words.filter(({ text }) => text.startsWith("nginx: weight 10 → 100 or 101"));
        assert.equal(cards.length, 50);
    });

    it("leads a line to each group of members: from Karmada where it pushes, back where they pull", () => {
        const { shapes } = layOut({
            ...topology(0),
            members: members(3).map((member) => ({ ...member, region: "eu-central-1" })),
        });
        const [karmada] = shapes.filter(isBox).filter(({ style }) => style === "karmada");
        const [balancer] = shapes.filter(isBox).filter(({ style }) => style === "balancer");
        const ends = shapes.flatMap((shape) =>
            shape.kind === "arrow" && ["push", "pull"].includes(shape.style)
                ? [[shape.style, shape.points[0]!, shape.points.at(-1)!] as const]
                : [],
        );
        assert.deepEqual(
            ends.map(([style]) => style),
            ["push", "pull"],
        );
        const [[, from], [, , to]] = ends as [(typeof ends)[0], (typeof ends)[0]];
        assert.equal(from.x, karmada!.x + karmada!.width);
        assert.equal(to.x, balancer!.x + balancer!.width);
    });

    it("deals nodes and etcd out over the zones", () => {
        const cluster = { ...home.cluster, nodes: 5 };
        const { shapes } = layOut({ ...topology(0), home: { ...home, cluster, etcdMembers: 3 } });
        const words = shapes.filter(isText).map(({ text }) => text);
        assert.deepEqual(
            words.filter((text) => / nodes?$/.test(text)),
            ["2 nodes", "2 nodes", "1 node"],
        );
        assert.equal(words.filter((text) => text === "API server · etcd").length, 3);
    });

    it("shows a Karmada of others as one box", () => {
        const { shapes } = layOut({ stack: "local", members: members(2) });
        assert.ok(shapes.some((s) => isText(s) && s.text === "runs already, outside this stack"));
        assert.ok(!shapes.some((s) => isBox(s) && s.style === "network"));
    });

    it("shows the stack's own Karmada in a cluster that exists as one box", () => {
        const { shapes } = layOut({ stack: "shared", guestIn: "eu-west-1", members: members(2) });
        const words = shapes.filter(isText).map(({ text }) => text);
        assert.ok(words.includes("in a cluster that exists"));
        assert.ok(
            words.some((text) => text.startsWith("control plane in eu-west-1, in a cluster that")),
        );
    });

    it("is an SVG with a title, colours for light and dark, and nothing from elsewhere", () => {
        const svg = pictureOf(topology(3));
        assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
        assert.match(svg, /<title id="title">Karmada on Amazon EKS · prod<\/title>/);
        assert.match(svg, /@media \(prefers-color-scheme:dark\)/);
        assert.doesNotMatch(svg, /href=|url\(|<script|NaN|undefined/);
    });

    it("takes names for words, whatever they are", () => {
        const [member] = members(1);
        const svg = pictureOf({ stack: "a<b&c", members: [{ ...member!, name: "<x>" }] });
        assert.match(svg, /a&lt;b&amp;c/);
        assert.match(svg, />&lt;x&gt;</);
    });
});
