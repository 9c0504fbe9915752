import * as assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { failureOf } from "../../conformance/serving";
import { eventually } from "../../support/eventually";
import type { ControlPlaneInCluster } from "./controlPlaneInCluster";

/** The machine may be busy with other things; by itself it takes seconds. */
export const reachedWithinMs = 600_000;

/** Begins an update that is going to fail, and comes back when the engine knows of so many resources. */
export async function upUntil(
    controlPlane: ControlPlaneInCluster,
    count: number,
): Promise<{ readonly failure: Promise<string> }> {
    const { stateFile } = controlPlane.stack;
    const failure = failureOf(controlPlane.up());
    let ended: string | undefined;
    const end = (outcome: unknown) => (ended = String(outcome));
    void failure.then(end, end);
    await eventually(
        `${count} resources`,
        async () => ended !== undefined || (isLocked(stateFile) && resourcesIn(stateFile) >= count),
        reachedWithinMs,
    );
    assert.equal(ended, undefined, `it ended by itself: ${ended}`);
    return { failure };
}

/** An update has it under way. */
function isLocked(stateFile: string): boolean {
    const locks = path.join(path.dirname(stateFile), "..", "..", "locks");
    return (
        existsSync(locks) &&
        readdirSync(locks, { recursive: true, encoding: "utf8" }).some((each) =>
            each.endsWith(".json"),
        )
    );
}

function resourcesIn(stateFile: string): number {
    if (!existsSync(stateFile)) return 0;
    const { checkpoint } = JSON.parse(readFileSync(stateFile, "utf8")) as {
        checkpoint: { latest?: { resources?: unknown[] } };
    };
    return checkpoint.latest?.resources?.length ?? 0;
}
