import { table } from "../support/table";
import type { Leftover, Obstacle, Part } from "./plan";

export const goesAsText = (parts: readonly Part[]): string =>
    table(
        ["GOES", "KIND", "RESOURCES"],
        parts.map(({ name, kind, resources }) => [name, kind, resources]),
    );

export const staysAsText = (leftovers: readonly Leftover[]): string =>
    leftovers.length === 0
        ? "Nothing stays."
        : table(
              ["STAYS", "ID", "WHY"],
              leftovers.map(({ what, id, why }) => [what, id, why]),
          );

export const obstaclesAsText = (stack: string, obstacles: readonly Obstacle[]): string =>
    [
        `Stack ${stack} is protected. Nothing was destroyed.`,
        ...obstacles.map(({ what, remedy }) => `  - ${what}: ${remedy}`),
        `Write that in Pulumi.${stack}.yaml, run "pulumi up -s ${stack}", and start this again.`,
    ].join("\n");
