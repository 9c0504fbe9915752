import type { Topology } from "../topology";
import { groupBy } from "../values";
import { layOut } from "./layout";
import { type Arrow, type Box, type Point, sizeOf, type Text, type TextStyle } from "./shapes";
import { style } from "./style";

/** The picture of a stack: a text for a file, or for a page. */
export function pictureOf(topology: Topology): string {
    const { title, width, height, shapes } = layOut(topology);
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
        `<title id="title">${escaped(title)}</title>`,
        `<style>${style}</style>`,
        `<rect class="ground" width="${width}" height="${height}" rx="12"/>`,
        ...shapes.filter((shape) => shape.kind === "box").map(drawnBox),
        ...drawnArrows(shapes.filter((shape) => shape.kind === "arrow")),
        ...shapes.filter((shape) => shape.kind === "text").map(drawnText),
        "</svg>",
        "",
    ].join("\n");
}

const radii: Partial<Record<Box["style"], number>> = { region: 12, network: 10, people: 17 };

const drawnBox = ({ style, x, y, width, height }: Box): string =>
    `<rect class="${style}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radii[style] ?? 7}"/>`;

const bold: readonly TextStyle[] = ["title", "heading", "strong", "onColor"];

function drawnText({ style, x, y, text, anchor }: Text): string {
    const weight = bold.includes(style) ? ' font-weight="600"' : "";
    const place = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
    return `<text class="${style}" x="${round(x)}" y="${round(y)}" font-size="${sizeOf(style)}"${weight}${place}>${escaped(text)}</text>`;
}

/** Over the boxes they cross, with a gap in lines of another kind; lines of one kind run together. */
const drawnArrows = (arrows: readonly Arrow[]): string[] =>
    [...groupBy(arrows, ({ style }) => style).values()].flatMap((alike) => [
        ...alike.map(({ points }) => `<path class="halo" d="${rounded(points)}"/>`),
        ...alike.map(drawnArrow),
    ]);

function drawnArrow({ style, points }: Arrow): string {
    const head = headAt(points.at(-1)!, points.at(-2)!);
    return `<path class="line ${style}" d="${rounded(points)}"/><path class="head ${style}" d="${head}"/>`;
}

const radius = 10;

/** A path along the points, with round corners. */
function rounded(points: readonly Point[]): string {
    return points
        .map((point, at) => {
            const next = points[at + 1];
            if (at === 0) return `M${at2(point)}`;
            if (next === undefined) return `L${at2(point)}`;
            const start = towards(point, points[at - 1]!);
            const end = towards(point, next);
            return `L${at2(start)}Q${at2(point)} ${at2(end)}`;
        })
        .join("");
}

function towards(from: Point, to: Point): Point {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const part = length === 0 ? 0 : Math.min(radius, length / 2) / length;
    return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function headAt(tip: Point, before: Point): string {
    const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
    const [dx, dy] = [(tip.x - before.x) / length, (tip.y - before.y) / length];
    const back = { x: tip.x - dx * 9, y: tip.y - dy * 9 };
    const side = (by: number): Point => ({ x: back.x - dy * by, y: back.y + dx * by });
    return `M${at2(tip)}L${at2(side(4.5))}L${at2(side(-4.5))}Z`;
}

const at2 = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;

const round = (value: number): number => Math.round(value * 10) / 10;

const escaped = (content: string): string =>
    content.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
