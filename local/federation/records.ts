import { readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { identityOf } from "../support/processIdentity";
import { readIfThere, writePrivate } from "./files";
import type { Layout } from "./layout";

/** What is kept about a process that was started. */
export interface ProcessRecord {
    readonly pid: number;
    /** Tells the process from a later one that was given the same pid. */
    readonly identity: string;
    /** Of everything that it was started with. */
    readonly fingerprint: string;
}

export function readRecord(layout: Layout, name: string): ProcessRecord | undefined {
    const text = readIfThere(layout.record(name));
    return text === undefined ? undefined : (JSON.parse(text) as ProcessRecord);
}

export const writeRecord = (layout: Layout, name: string, record: ProcessRecord) =>
    writePrivate(layout.record(name), JSON.stringify(record));

export const removeRecord = (layout: Layout, name: string) =>
    rmSync(layout.record(name), { force: true });

/** Names of all processes that were started and not stopped, living or dead. */
export function recordedNames(layout: Layout): string[] {
    try {
        const suffix = ".json";
        return readdirSync(layout.run)
            .filter((file) => file.endsWith(suffix))
            .map((file) => path.basename(file, suffix));
    } catch {
        return [];
    }
}

export const isAlive = (record: ProcessRecord): boolean =>
    identityOf(record.pid) === record.identity;
