import { performance } from "node:perf_hooks";
import type { Progress } from "../../local/support/progress";
import type { Installed } from "../e2e/controlPlane/installed";
import { onEmptyNodes } from "./emptyNodes";
import { type Idle, idleOf } from "./idle";
import { Karmadactl } from "./karmadactl";
import { Operator } from "./operator";

export interface Install {
    /** Until Karmada's API answers and every pod is ready. */
    readonly seconds: number;
    readonly pods: number;
    readonly idle: Idle;
}

/** On the same empty cluster, one after the other. */
export interface InstallRound {
    readonly ours: Install;
    /** With as many of everything but etcd, of which it has one. */
    readonly operator: Install;
    /** With one of everything. */
    readonly karmadactl: Install;
}

/** How long a control plane takes to come up, and what it takes when it has nothing to do. */
export function measureInstalls(rounds: number, progress: Progress): Promise<InstallRound[]> {
    return onEmptyNodes(async (controlPlane, nodes) => {
        const measured: InstallRound[] = [];
        for (let round = 0; round < rounds; round++) {
            await nodes.renewVolumes();
            const ours = await progress.step("KarmadaControlPlane", () =>
                timed(controlPlane, () => controlPlane.up()),
            );
            await progress.step("its removal", () => controlPlane.stack.destroy());
            measured.push({
                ours,
                operator: await byUpstream(() => Operator.start(nodes, progress), progress),
                karmadactl: await byUpstream(() => Karmadactl.prepare(nodes, progress), progress),
            });
        }
        return measured;
    });
}

/** An installer of Karmada's own. */
interface Upstream extends Installed {
    readonly name: string;
    install(): Promise<void>;
    remove(): Promise<void>;
    close(): Promise<void>;
}

async function byUpstream(prepare: () => Promise<Upstream>, progress: Progress): Promise<Install> {
    const installer = await progress.step("make another installer ready", prepare);
    try {
        const install = await progress.step(`Karmada by ${installer.name}`, () =>
            timed(installer, () => installer.install()),
        );
        await progress.step("its removal", () => installer.remove());
        return install;
    } finally {
        await installer.close();
    }
}

async function timed(installed: Installed, install: () => Promise<unknown>): Promise<Install> {
    const began = performance.now();
    await install();
    const seconds = (performance.now() - began) / 1_000;
    const pods = await installed.pods();
    return { seconds, pods: pods.length, idle: await idleOf(pods) };
}
