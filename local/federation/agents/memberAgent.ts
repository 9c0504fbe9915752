import { readFileSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { KubeClient } from "../../kube";
import { httpProbe } from "../cluster";
import { writePrivate } from "../files";
import { flags } from "../flags";
import type { Layout } from "../layout";
import { agentName } from "../member";
import { portOf, type Ports } from "../ports";
import { isRunning, launch, type ProcessSpec } from "../processes";
import { stopProcesses } from "../stopping";
import { assignmentOf, type Assignment } from "./assignment";

const namespace = "karmada-system";
const deploymentName = "karmada-agent";
const retryMs = 2_000;
const longestRestartMs = 10_000;

/** Runs karmada-agent for one member as its Deployment there asks. */
export class MemberAgent {
    private readonly stopping = new AbortController();
    private readonly client: KubeClient;
    private readonly name: string;
    private wanted: ProcessSpec | undefined;
    private restarts = 0;
    private restartNotBefore = 0;
    /** One change at a time: a later one starts when the earlier is done. */
    private turn: Promise<void> = Promise.resolve();
    private changeIsQueued = false;
    private lastReport = "";

    constructor(
        private readonly layout: Layout,
        private readonly member: string,
        private readonly binary: string,
        private readonly ports: Ports,
    ) {
        this.client = KubeClient.fromKubeconfig(readFileSync(layout.kubeconfig(member), "utf8"));
        this.name = agentName(member);
        for (const target of [
            { apiVersion: "apps/v1", kind: "Deployment", namespace, name: deploymentName },
            { apiVersion: "v1", kind: "Secret", namespace },
        ]) {
            void this.follow(target);
        }
        // Nothing tells of a Deployment that went while no host was there to see it.
        this.queueChange();
    }

    /** Starts the agent again when it has died; the pause grows while it keeps dying. */
    lookAfter(now: number): void {
        if (this.wanted === undefined || isRunning(this.layout, this.name)) return;
        if (now < this.restartNotBefore) return;
        this.restartNotBefore = now + Math.min(1_000 * 2 ** this.restarts++, longestRestartMs);
        this.change(() => this.run());
    }

    async stop(): Promise<void> {
        this.stopping.abort();
        await this.turn;
        await stopProcesses(this.layout, [this.name]);
        await this.client.close();
    }

    private async follow(target: Parameters<KubeClient["watch"]>[0]): Promise<void> {
        const { signal } = this.stopping;
        while (!signal.aborted) {
            try {
                await this.client.watch(target, () => this.queueChange(), signal);
            } catch (error) {
                this.report(error);
                await pause(retryMs, undefined, { signal }).catch(() => undefined);
            }
        }
    }

    private queueChange(): void {
        if (this.changeIsQueued) return;
        this.changeIsQueued = true;
        this.change(async () => {
            this.changeIsQueued = false;
            await this.adopt(await this.assignment());
        });
    }

    private change(work: () => Promise<void>): void {
        this.turn = this.turn
            .then(() => (this.stopping.signal.aborted ? undefined : work()))
            .catch(async (error: unknown) => {
                this.report(error);
                await pause(retryMs, undefined, { signal: this.stopping.signal }).catch(
                    () => undefined,
                );
                this.queueChange();
            });
    }

    private async assignment(): Promise<Assignment | undefined> {
        const [deployment, secrets] = await Promise.all([
            this.client.get({
                apiVersion: "apps/v1",
                kind: "Deployment",
                namespace,
                name: deploymentName,
            }),
            this.client.list("v1", "Secret", { namespace }),
        ]);
        return assignmentOf(deployment, secrets, this.layout.agent(this.member));
    }

    private async adopt(assignment: Assignment | undefined): Promise<void> {
        if (assignment === undefined) {
            this.wanted = undefined;
            await stopProcesses(this.layout, [this.name]);
            rmSync(this.layout.agent(this.member), { recursive: true, force: true });
            return;
        }
        for (const [file, content] of Object.entries(assignment.files)) {
            writePrivate(file, content);
        }
        const port = portOf(this.ports, this.name);
        this.restarts = 0;
        this.wanted = {
            name: this.name,
            command: this.binary,
            args: [
                ...assignment.args,
                // The last of several wins.
                ...flags({
                    kubeconfig: this.layout.kubeconfig(this.member),
                    "leader-elect": false,
                    "metrics-bind-address": "0",
                    "health-probe-bind-address": `127.0.0.1:${port}`,
                }),
            ],
            inputs: assignment.digest,
            ports: [port],
            ready: httpProbe(port, "/readyz"),
        };
        await this.run();
    }

    private async run(): Promise<void> {
        if (this.wanted) await launch(this.layout, this.wanted);
    }

    /** Says it once, however long it lasts. */
    private report(error: unknown): void {
        const { message } = error as Error;
        if (message === this.lastReport) return;
        this.lastReport = message;
        console.error(`${new Date().toISOString()} ${this.member}: ${message}`);
    }
}
