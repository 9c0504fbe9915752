export interface Point {
    readonly x: number;
    readonly y: number;
}

export interface Area extends Point {
    readonly width: number;
    readonly height: number;
}

export type BoxStyle =
    | "region"
    | "network"
    | "zone"
    | "public"
    | "private"
    | "cluster"
    | "card"
    | "chip"
    | "karmada"
    | "balancer"
    | "bucket"
    | "people"
    | "lane";

export type TextStyle =
    "title" | "heading" | "label" | "strong" | "small" | "onColor" | "onColorSmall";

export type ArrowStyle = "clients" | "push" | "pull" | "snapshots";

export interface Box extends Area {
    readonly kind: "box";
    readonly style: BoxStyle;
}

export interface Text extends Point {
    readonly kind: "text";
    readonly style: TextStyle;
    readonly text: string;
    readonly anchor: "start" | "middle" | "end";
}

/** A line through these points, with a head at the last one. */
export interface Arrow {
    readonly kind: "arrow";
    readonly style: ArrowStyle;
    readonly points: readonly Point[];
}

export type Shape = Box | Text | Arrow;

export const box = (style: BoxStyle, area: Area): Box => ({ kind: "box", style, ...area });

export const arrow = (style: ArrowStyle, points: readonly Point[]): Arrow => ({
    kind: "arrow",
    style,
    points,
});

const sizes: Readonly<Record<TextStyle, number>> = {
    title: 20,
    heading: 14,
    label: 12,
    strong: 12.5,
    small: 11,
    onColor: 13,
    onColorSmall: 11,
};

export const sizeOf = (style: TextStyle): number => sizes[style];

/** A line of text, cut with an ellipsis where it would not fit into `width`. */
export function text(
    style: TextStyle,
    { x, y }: Point,
    content: string,
    width: number,
    anchor: Text["anchor"] = "start",
): Text {
    return { kind: "text", style, x, y, text: fitted(content, width, sizeOf(style)), anchor };
}

function fitted(content: string, width: number, size: number): string {
    if (widthOf(content, size) <= width) return content;
    let cut = content.length - 1;
    while (cut > 1 && widthOf(`${content.slice(0, cut)}…`, size) > width) cut--;
    return `${content.slice(0, cut).trimEnd()}…`;
}

/** Lines of text one under the other, in the middle of an area. */
export function lines(area: Area, content: readonly (readonly [TextStyle, string])[]): Text[] {
    const pitch = 17;
    const first = area.y + area.height / 2 - ((content.length - 1) * pitch) / 2 + 4;
    return content.map(([style, words], at) =>
        text(style, { x: middle(area), y: first + at * pitch }, words, area.width - 12, "middle"),
    );
}

/** A frame with its title in its upper left corner. */
export const titled = (
    style: BoxStyle,
    area: Area,
    titleStyle: TextStyle,
    title: string,
): readonly [Box, Text] => [
    box(style, area),
    text(titleStyle, { x: area.x + 16, y: area.y + 22 }, title, area.width - 32),
];

/** An estimate, a little on the wide side: the reader's font is not known. */
export function widthOf(content: string, size: number): number {
    const ems = [...content].map((letter) => {
        if (/[ijltfI.,:;|!'()[\]/ ]/.test(letter)) return 0.31;
        if (/[mwMW@%]/.test(letter)) return 0.88;
        if (/[A-Z]/.test(letter)) return 0.68;
        return 0.57;
    });
    return size * ems.reduce((all, each) => all + each, 0);
}

/** Areas of equal width side by side. */
export function columns(count: number, { x, y, width, height }: Area, gap: number): Area[] {
    const each = (width - (count - 1) * gap) / count;
    return Array.from({ length: count }, (_, at) => ({
        x: x + at * (each + gap),
        y,
        width: each,
        height,
    }));
}

export const inset = ({ x, y, width, height }: Area, by: number): Area => ({
    x: x + by,
    y: y + by,
    width: width - 2 * by,
    height: height - 2 * by,
});

export const middle = ({ x, width }: Area): number => x + width / 2;
