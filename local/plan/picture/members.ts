import type { Member } from "../topology";
import { groupBy, sum } from "../values";
import { type Area, box, type Point, type Shape, text, titled } from "./shapes";

/** Members of one Region and mode; a line to or from Karmada ends at each such lane. */
interface Lane {
    readonly mode: Member["mode"];
    readonly entrance: Point;
}

export interface DrawnMembers {
    readonly shapes: readonly Shape[];
    readonly lanes: readonly Lane[];
    readonly width: number;
    readonly height: number;
}

const card = { height: 78, gap: 10 } as const;
const padding = 14;

export function drawMembers(members: readonly Member[], { x, y }: Point): DrawnMembers {
    const { columns, cardWidth } = gridFor(members.length);
    const laneWidth = columns * cardWidth + (columns - 1) * card.gap + 2 * padding;
    const width = laneWidth + 2 * padding;
    const shapes: Shape[] = [];
    const lanes: Lane[] = [];
    let top = y;
    for (const [region, inRegion] of groupBy(members, (member) => member.region)) {
        const inside: Shape[] = [];
        let laneTop = top + 38;
        for (const mode of ["push", "pull"] as const) {
            const inLane = inRegion.filter((member) => member.mode === mode);
            if (inLane.length === 0) continue;
            const rows = Math.ceil(inLane.length / columns);
            const lane: Area = {
                x: x + padding,
                y: laneTop,
                width: laneWidth,
                height: 32 + rows * (card.height + card.gap) + 4,
            };
            inside.push(box("lane", lane));
            inside.push(
                text(
                    "label",
                    { x: lane.x + padding, y: laneTop + 21 },
                    words[mode],
                    lane.width - 28,
                ),
            );
            inLane.forEach((member, at) => {
                inside.push(
                    ...drawMember(member, {
                        x: lane.x + padding + (at % columns) * (cardWidth + card.gap),
                        y: laneTop + 32 + Math.floor(at / columns) * (card.height + card.gap),
                        width: cardWidth,
                        height: card.height,
                    }),
                );
            });
            lanes.push({ mode, entrance: { x: lane.x, y: laneTop + 17 } });
            laneTop += lane.height + padding;
        }
        const frame: Area = { x, y: top, width, height: laneTop - top };
        shapes.push(...titled("region", frame, "heading", region), ...inside);
        top = laneTop + 20;
    }
    return { shapes, lanes, width, height: Math.max(0, top - 20 - y) };
}

const words = {
    push: "push · Karmada calls them",
    pull: "pull · their agents call Karmada",
} as const;

function gridFor(members: number): { readonly columns: number; readonly cardWidth: number } {
    if (members <= 5) return { columns: 1, cardWidth: 300 };
    if (members <= 12) return { columns: 2, cardWidth: 236 };
    return { columns: members <= 30 ? 3 : 4, cardWidth: 210 };
}

function drawMember(member: Member, area: Area): Shape[] {
    const line = (y: number, style: "strong" | "small", content: string) =>
        text(style, { x: area.x + 14, y: area.y + y }, content, area.width - 28);
    return [
        box("card", area),
        line(22, "strong", member.name),
        line(42, "small", sharesAsText(member)),
        line(61, "small", clusterAsText(member)),
    ];
}

function sharesAsText({ shares }: Member): string {
    const [only, ...others] = shares;
    if (only === undefined) return "no workload";
    if (others.length === 0) {
        const replicas = only.predicted.join(" or ") || "?";
        return `${only.workload}: weight ${only.weight} → ${replicas}`;
    }
    const least = sum(shares.map(({ predicted }) => Math.min(...predicted)));
    const most = sum(shares.map(({ predicted }) => Math.max(...predicted)));
    const replicas = least === most ? least : `${least} to ${most}`;
    return `${shares.length} workloads → ${replicas} replicas`;
}

function clusterAsText({ cluster, range, peered }: Member): string {
    if (cluster === undefined) return "a cluster that exists";
    const nodes = cluster.nodes > 0 ? `${cluster.nodes} × ${cluster.nodeType}` : "no nodes";
    return [nodes, range, peered && "peered"].filter(Boolean).join(" · ");
}
