import { endOf } from "./bands";
import type { Drawn } from "./home";
import { type Area, arrow, box, lines, middle } from "./shapes";

/** A control plane that the stack only reaches, or that it runs in a cluster of others. */
export function drawElsewhere({ x, y, width }: Omit<Area, "height">, where: string): Drawn {
    const people: Area = { x: x + width / 2 - 95, y, width: 190, height: 34 };
    const karmada: Area = { x, y: y + 84, width, height: 92 };
    return {
        shapes: [
            box("people", people),
            ...lines(people, [["strong", "operators and pipelines"]]),
            box("karmada", karmada),
            ...lines(karmada, [
                ["onColor", "Karmada"],
                ["onColorSmall", where],
            ]),
            arrow("clients", [
                { x: middle(people), y: endOf(people) },
                { x: middle(people), y: karmada.y },
            ]),
        ],
        height: endOf(karmada) - y,
        calls: { x: x + width, y: karmada.y + 62 },
        called: { x: x + width, y: karmada.y + 30 },
    };
}
