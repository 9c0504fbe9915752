import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { layoutOf } from "../../local/federation";
import type { KubeClient, KubeObject } from "../../local/kube";
import { UserError } from "../../local/support/errors";
import type { Progress } from "../../local/support/progress";
import { ensureBinaries } from "../../local/toolchain";
import { Environment, type StackSettings } from "../support/environment";
import { eventually } from "../support/eventually";
import { type Cost, costUntil } from "./cost";

/** What is measured: so many workloads, by an engine that writes its state at every step or once, at the end. */
export interface ScaleRun {
    readonly workloads: number;
    readonly stateWritten: "at every step" | "once";
}

/** What they cost. */
export interface Scale extends ScaleRun {
    readonly up: Cost;
    readonly again: Cost;
    readonly removal: Cost;
    readonly kubectl: {
        readonly applySeconds: number;
        /** Until all of them run, which is what `up` waits for. */
        readonly runSeconds: number;
        readonly deleteSeconds: number;
    };
}

const namespace = "scale";
const sampleEveryMs = 500;
const runWithinMs = 1_800_000;

/** Measures all runs on the same federation, whose members have joined before. */
export async function measureScale(
    runs: readonly ScaleRun[],
    progress: Progress,
): Promise<Scale[]> {
    const { kubectl } = await ensureBinaries(["kubectl"], progress);
    const environment = await progress.step("start a federation", () => Environment.start());
    const empty = { ...environment.settings, workloads: [] };
    const karmada = environment.client("karmada");
    try {
        await progress.step("members join", () => environment.up(empty));
        const results: Scale[] = [];
        for (const run of runs) {
            const { workloads, stateWritten } = run;
            const full = { ...empty, workloads: workloadsFor(environment.members, workloads) };
            const shown = `${workloads} workloads, state written ${stateWritten}`;
            const timed = (label: string, settings: StackSettings) =>
                progress.step(`${shown}: ${label}`, () => costOfUp(environment, settings));
            process.env.PULUMI_SKIP_CHECKPOINTS = String(stateWritten === "once");
            const up = await timed("up", full);
            const again = await timed("up again", full);
            const objects = deployedObjects(environment);
            const removal = await timed("removal", empty);
            const asManifests = await progress.step(`${shown}: kubectl`, () =>
                costOfKubectl(kubectl, environment, karmada, objects),
            );
            results.push({ ...run, up, again, removal, kubectl: asManifests });
        }
        return results;
    } finally {
        await karmada.close();
        await environment.stop();
    }
}

/** One replica each, given to the members in turn: what is measured is declaring, not running. */
const workloadsFor = (members: readonly string[], count: number) =>
    Array.from({ length: count }, (_, at) => ({
        name: `workload-${at}`,
        namespace,
        image: "nginx:1.29.1",
        replicas: 1,
        weights: { [members[at % members.length]!]: 1 },
    }));

async function costOfUp(environment: Environment, settings: StackSettings): Promise<Cost> {
    const run = await environment.begin(settings, "up", "--yes", "--skip-preview");
    const cost = await costUntil(run.process.pid!, run.end);
    const { exitCode, output } = await run.end;
    if (exitCode !== 0) throw new UserError(`pulumi up ended with ${exitCode}:\n${output}`);
    return cost;
}

/** The Deployments and policies as the program declares them. */
const deployedObjects = (environment: Environment) =>
    (environment.state().resources ?? [])
        .filter(({ type }) => /:(Deployment|PropagationPolicy)$/.test(type))
        .map(({ inputs }) => inputs as unknown as KubeObject)
        .filter(({ metadata }) => metadata.namespace === namespace);

async function costOfKubectl(
    kubectl: string,
    environment: Environment,
    karmada: KubeClient,
    objects: readonly KubeObject[],
): Promise<Scale["kubectl"]> {
    const manifest = path.join(environment.stateDir, "scale.json");
    const list = { apiVersion: "v1", kind: "List", items: objects };
    writeFileSync(manifest, JSON.stringify(list), { mode: 0o600 });
    const kubeconfig = layoutOf(environment.stateDir).kubeconfig("karmada");
    const run = (...args: string[]) =>
        promisify(execFile)(kubectl, ["--kubeconfig", kubeconfig, ...args], {
            maxBuffer: 1 << 28,
        });
    await run("create", "namespace", namespace);
    const started = performance.now();
    await run("apply", "--server-side", "--filename", manifest);
    const applySeconds = secondsSince(started);
    await eventually("all of them run", () => allRun(karmada), runWithinMs);
    const runSeconds = secondsSince(started);
    const deleting = performance.now();
    await run("delete", "--filename", manifest);
    const deleteSeconds = secondsSince(deleting);
    await run("delete", "namespace", namespace);
    return { applySeconds, runSeconds, deleteSeconds };
}

async function allRun(karmada: KubeClient): Promise<boolean> {
    await sleep(sampleEveryMs);
    const deployments = await karmada.list("apps/v1", "Deployment", { namespace });
    return deployments.every(
        ({ status }) => (status as { availableReplicas?: number }).availableReplicas === 1,
    );
}

const secondsSince = (started: number) => (performance.now() - started) / 1_000;
