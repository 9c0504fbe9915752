import * as path from "node:path";
import { readIfThere, writePrivate } from "../federation/files";
import { projectRoot } from "../support/root";
import type { Leftover } from "./plan";

/**
 * What stays of a stack, beyond the stack: once a resource is given up, the state no longer names it, and
 * a teardown that was cut off has to be able to tell at its second end.
 */
export class LeftoverRecord {
    readonly file: string;

    constructor(stack: string, folder = path.join(projectRoot, ".teardown")) {
        this.file = path.join(folder, `${stack}.json`);
    }

    read(): Leftover[] {
        return JSON.parse(readIfThere(this.file) ?? "[]") as Leftover[];
    }

    add(leftovers: readonly Leftover[]): void {
        const all = new Map([...this.read(), ...leftovers].map((each) => [each.id, each]));
        if (all.size > 0)
            writePrivate(this.file, `${JSON.stringify([...all.values()], null, 2)}\n`);
    }
}
