import type { Topology } from "../topology";
import { counted } from "../values";
import { drawElsewhere } from "./elsewhere";
import { drawHome, type Drawn } from "./home";
import { drawMembers, type DrawnMembers } from "./members";
import { arrow, type Arrow, type Shape, text } from "./shapes";

export interface Layout {
    readonly title: string;
    readonly width: number;
    readonly height: number;
    readonly shapes: readonly Shape[];
}

const margin = 32;
const header = 78;
const gutter = 112;

/** Where everything goes: clients and control plane to the left, members to the right. */
export function layOut(topology: Topology): Layout {
    const { stack, home, guestIn, members } = topology;
    const leftWidth = home ? Math.max(620, home.network.zones.length * 196 + 64) : 300;
    const top = margin + header;
    const left = { x: margin, y: top, width: leftWidth };
    const control = home
        ? drawHome(home, left)
        : drawElsewhere(left, guestIn ? inClusterOfOthers : "runs already, outside this stack");
    const right = drawMembers(members, { x: margin + leftWidth + gutter, y: top });
    const membersWidth = members.length > 0 ? gutter + right.width : 0;
    const width = 2 * margin + leftWidth + membersWidth;
    const title = `Karmada on Amazon EKS · ${stack}`;
    return {
        title,
        width,
        height: 2 * margin + header + Math.max(control.height, right.height),
        shapes: [
            text("title", { x: margin, y: margin + 22 }, title, width - 2 * margin),
            text("label", { x: margin, y: margin + 46 }, summary(topology), width - 2 * margin),
            ...control.shapes,
            ...right.shapes,
            ...between(control, right, margin + leftWidth),
        ],
    };
}

const inClusterOfOthers = "in a cluster that exists";

function placeOf({ home, guestIn }: Topology): string {
    if (home) return `control plane in ${home.region}`;
    return guestIn
        ? `control plane in ${guestIn}, ${inClusterOfOthers}`
        : "control plane elsewhere";
}

function summary(topology: Topology): string {
    const { members } = topology;
    const pulls = members.filter(({ mode }) => mode === "pull").length;
    const regions = new Set(members.map(({ region }) => region)).size;
    const where = placeOf(topology);
    if (members.length === 0) return `${where} · no members yet`;
    const kinds = [
        pulls < members.length && `${members.length - pulls} by push`,
        pulls > 0 && `${pulls} by pull`,
    ].filter(Boolean);
    return `${where} · ${counted(members.length, "member")} in ${counted(regions, "Region")}: ${kinds.join(", ")}`;
}

/** One line down the gap for each mode, with a branch to every lane. */
function between(control: Drawn, { lanes }: DrawnMembers, leftEnd: number): Arrow[] {
    const pullX = leftEnd + 42;
    const pushX = leftEnd + 76;
    return lanes.map(({ mode, entrance }) => {
        const near = mode === "push" ? control.calls : control.called;
        // A straight line rather than one with a little step in it.
        const far = Math.abs(entrance.y - near.y) < 16 ? { ...entrance, y: near.y } : entrance;
        const x = mode === "push" ? pushX : pullX;
        const way = [near, { x, y: near.y }, { x, y: far.y }, far];
        return arrow(mode, mode === "push" ? way : way.reverse());
    });
}
