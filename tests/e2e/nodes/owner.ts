import { rmSync } from "node:fs";
import * as path from "node:path";
import { readIfThere, writePrivate } from "../../../local/federation/files";
import { UserError } from "../../../local/support/errors";
import { identityOf } from "../../../local/support/processIdentity";

/** One cluster at a time: its addresses and control groups are there once on a machine. */
const file = "/run/karmada-nodes.owner";

interface Owner {
    readonly stateDir: string;
    /** The process that it ends with; undefined when it stays until it is stopped. */
    readonly holder?: string;
}

/** Claims the machine; answers the state directory of an abandoned cluster that is to be removed. */
export function claim(stateDir: string, stays: boolean): string | undefined {
    const found = owner();
    const isOwn = isClaimedBy(stateDir);
    if (found !== undefined && !isOwn && isKept(found)) {
        throw new UserError(
            `Three nodes run on this machine already, with their state in ${found.stateDir}, and a second cluster ` +
                "finds no room beside them. Wait for the tests that use them, or run: npm run nodes -- --stop",
        );
    }
    const holder = stays ? undefined : identityOf(process.pid);
    writePrivate(file, JSON.stringify({ stateDir: path.resolve(stateDir), holder }));
    return isOwn ? undefined : found?.stateDir;
}

export const isClaimedBy = (stateDir: string) => owner()?.stateDir === path.resolve(stateDir);

function owner(): Owner | undefined {
    const text = readIfThere(file);
    return text === undefined ? undefined : (JSON.parse(text) as Owner);
}

const isKept = ({ holder }: Owner) =>
    holder === undefined || identityOf(Number.parseInt(holder, 10)) === holder;

export const disclaim = () => rmSync(file, { force: true });
