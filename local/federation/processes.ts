import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../support/errors";
import { identityOf } from "../support/processIdentity";
import type { Layout } from "./layout";
import { probe, type Probe } from "./probe";
import { isAlive, readRecord, writeRecord, type ProcessRecord } from "./records";
import { stopProcesses } from "./stopping";

export interface ProcessSpec {
    readonly name: string;
    readonly command: string;
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    /** Digest of files that it reads once: other content restarts it. */
    readonly inputs?: string;
    readonly ports: readonly number[];
    readonly ready: Probe;
}

const readyWithinMs = 120_000;
const lookEveryMs = 50;
const shownLogLines = 12;

/** How the processes that this one has started have ended. */
const endings = new Map<string, Promise<string>>();
/** A process that is seen to be dead may not have been reported yet. */
const reportedWithinMs = 1_000;

export function isRunning(layout: Layout, name: string): boolean {
    const record = readRecord(layout, name);
    return record !== undefined && isAlive(record);
}

/** Whether it runs, with just these arguments. */
export const runsAsSpecified = (layout: Layout, spec: ProcessSpec): boolean =>
    isRunning(layout, spec.name) &&
    readRecord(layout, spec.name)?.fingerprint === fingerprintOf(spec);

/** Keeps the process when it runs as specified, else starts it; does not wait for it. */
export async function launch(layout: Layout, spec: ProcessSpec): Promise<ProcessRecord> {
    const record = readRecord(layout, spec.name);
    if (record !== undefined && runsAsSpecified(layout, spec)) return record;
    if (isRunning(layout, spec.name)) await stopProcesses(layout, [spec.name]);
    return start(layout, spec, fingerprintOf(spec));
}

/** Launches the process and waits until it is ready. */
export async function bringUp(
    layout: Layout,
    spec: ProcessSpec,
    signal?: AbortSignal,
    withinMs = readyWithinMs,
): Promise<void> {
    signal?.throwIfAborted();
    const found = readRecord(layout, spec.name);
    let record = await launch(layout, spec);
    const deadline = Date.now() + withinMs;
    for (;;) {
        const answer = await probe(spec.ready);
        // Asked after the probe: another program may answer in the place of a dead process.
        if (!isAlive(record)) {
            if (record.identity === found?.identity) {
                // It was ending already when it was found.
                record = await launch(layout, spec);
                continue;
            }
            const ending = await Promise.race([
                endings.get(record.identity),
                pause(reportedWithinMs),
            ]);
            throw failure(layout, spec.name, `is not running: ${ending ?? "it ended"}`);
        }
        if (answer === undefined) return;
        if (Date.now() > deadline) {
            const seconds = Math.round(withinMs / 1000);
            throw failure(layout, spec.name, `was not ready within ${seconds} s: ${answer}`);
        }
        await pause(lookEveryMs, undefined, { signal });
    }
}

function start(layout: Layout, spec: ProcessSpec, fingerprint: string): ProcessRecord {
    const output = freshLog(layout, spec.name);
    try {
        const child = spawn(spec.command, spec.args, {
            cwd: layout.root,
            detached: true,
            stdio: ["ignore", output, output],
            env: { ...inherited(), ...spec.env },
        });
        const { pid } = child;
        if (pid === undefined) {
            child.once("error", () => undefined);
            throw new UserError(
                `${spec.name} could not be started: is ${spec.command} a program that runs on this machine?`,
            );
        }
        const identity = identityOf(pid) ?? `${pid}@ended`;
        const record = { pid, identity, fingerprint };
        // In the same turn as the start: whatever interrupts us, no process is left unknown.
        writeRecord(layout, spec.name, record);
        const ending = new Promise<string>((resolve) =>
            child.once("exit", (code, signalName) =>
                resolve(signalName ? `ended by ${signalName}` : `exit code ${code}`),
            ),
        );
        endings.set(identity, ending);
        child.unref();
        return record;
    } finally {
        closeSync(output);
    }
}

/** The environment's other settings (KUBECONFIG, proxies) are not meant for these processes. */
function inherited(): Record<string, string> {
    const names = ["PATH", "HOME", "TMPDIR", "LANG"];
    return Object.fromEntries(
        names.flatMap((name) => {
            const value = process.env[name];
            return value === undefined ? [] : [[name, value]];
        }),
    );
}

function freshLog(layout: Layout, name: string): number {
    const file = layout.log(name);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    try {
        renameSync(file, layout.previousLog(name));
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    return openSync(file, "a", 0o600);
}

const fingerprintOf = ({ command, args, env, inputs }: ProcessSpec) =>
    createHash("sha256").update(JSON.stringify({ command, args, env, inputs })).digest("hex");

function failure(layout: Layout, name: string, what: string): UserError {
    const file = layout.log(name);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n").slice(-shownLogLines);
    return new UserError(
        `${name} ${what}\nIts log is ${file}; the last lines:\n${lines.map((line) => `  ${line}`).join("\n")}`,
    );
}
