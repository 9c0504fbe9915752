import {
    existsSync,
    lstatSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmdirSync,
    writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../../local/support/errors";

const mountPoint = "/sys/fs/cgroup";
const isUnified = existsSync(path.join(mountPoint, "cgroup.controllers"));

/** Where trees of groups are rooted: one in version 2, one for every controller in version 1. */
function hierarchies(): string[] {
    if (isUnified) return [mountPoint];
    return readdirSync(mountPoint)
        .map((name) => path.join(mountPoint, name))
        .filter((folder) => lstatSync(folder).isDirectory());
}

/** The hierarchy by which the processes of a group are found. */
const tracking = isUnified ? mountPoint : path.join(mountPoint, "pids");

export const procsFile = (group: string) => path.join(tracking, group, "cgroup.procs");

/** Makes a group of control, with its parents, under every controller. */
export function makeGroup(group: string): void {
    for (const root of hierarchies()) {
        let folder = root;
        for (const part of group.split("/")) {
            if (isUnified) delegateControllers(folder);
            const parent = folder;
            folder = path.join(folder, part);
            mkdirSync(folder, { recursive: true });
            if (path.basename(root) === "cpuset") inheritCpus(parent, folder);
        }
    }
}

/**
 * To the scheduler a group counts as one process, however many are in it: beside others at work all
 * pods of all nodes would share what one of these gets.
 */
export function preferGroup(group: string): void {
    const [file, weight] = isUnified
        ? [path.join(mountPoint, group, "cpu.weight"), 3_200]
        : [path.join(mountPoint, "cpu", group, "cpu.shares"), 32 * 1_024];
    writeFileSync(file, String(weight));
}

/** A new group of version 1 may use no CPU and no memory until it is told which. */
function inheritCpus(parent: string, child: string): void {
    for (const file of ["cpuset.cpus", "cpuset.mems"]) {
        writeFileSync(path.join(child, file), readFileSync(path.join(parent, file)));
    }
}

function delegateControllers(folder: string): void {
    const names = readFileSync(path.join(folder, "cgroup.controllers"), "utf8").trim().split(/\s+/);
    const enable = names.map((name) => `+${name}`).join(" ");
    writeFileSync(path.join(folder, "cgroup.subtree_control"), enable);
}

/** Processes in a group and in all below it. */
export function processesIn(group: string): number[] {
    return groupsIn(path.join(tracking, group)).flatMap((folder) => {
        try {
            const text = readFileSync(path.join(folder, "cgroup.procs"), "utf8");
            return text.split("\n").filter(Boolean).map(Number);
        } catch {
            // It went meanwhile, and its processes with it.
            return [];
        }
    });
}

/** Kills everything in a group; returns when nothing is left in it. */
export async function killGroup(group: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
        const pids = processesIn(group);
        if (pids.length === 0) return;
        if (Date.now() > deadline) {
            throw new UserError(`Processes ${pids.join(", ")} of ${group} do not end.`);
        }
        for (const pid of pids) killQuietly(pid);
        await pause(50);
    }
}

function killQuietly(pid: number): void {
    try {
        process.kill(pid, "SIGKILL");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
}

/** Removes a group and all below it, under every controller. */
export async function removeGroup(group: string): Promise<void> {
    const deadline = Date.now() + 10_000;
    for (const folder of hierarchies().flatMap((root) =>
        groupsIn(path.join(root, group)).reverse(),
    )) {
        while (existsSync(folder)) {
            try {
                rmdirSync(folder);
            } catch (error) {
                // The kernel lets go of ended processes a moment later.
                if (Date.now() > deadline) throw error;
                await pause(50);
            }
        }
    }
}

/** A group's folder and those below it, parents first. */
function groupsIn(folder: string): string[] {
    try {
        const children = readdirSync(folder, { withFileTypes: true }).filter((e) =>
            e.isDirectory(),
        );
        return [folder, ...children.flatMap(({ name }) => groupsIn(path.join(folder, name)))];
    } catch {
        return [];
    }
}
