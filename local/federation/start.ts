import { readFileSync, rmSync } from "node:fs";
import { KubeClient } from "../kube";
import { UserError } from "../support/errors";
import type { Progress } from "../support/progress";
import { applyDefinitions, applyExtensions, webhookEndpointOf } from "./karmadaApi";
import { readIfThere, writePrivate } from "./files";
import type { Layout } from "./layout";
import { federationMembers, writeMembers } from "./members";
import { ensureNodes } from "./nodes";
import { checkMembers, type FederationOptions, type MemberSpec } from "./options";
import { planFederation, processNames, type Plan } from "./plan";
import { requireFree } from "./ports";
import { bringUp, isRunning, runsAsSpecified, type ProcessSpec } from "./processes";
import { recordedNames } from "./records";
import { exclusively, openStateDirectory } from "./stateDirectory";
import { stopProcesses } from "./stopping";

/** Brings the federation up, or what is missing of it: what runs as specified is kept. */
export async function startFederation(options: FederationOptions): Promise<void> {
    const problems = checkMembers(options.members);
    if (problems.length > 0) {
        throw new UserError(`The list of members:\n${problems.map((p) => `  - ${p}`).join("\n")}`);
    }
    const opened = openStateDirectory(options.stateDir);
    await exclusively(opened, options.progress, async () => {
        // Whoever had the lock before may have removed it.
        const layout = openStateDirectory(options.stateDir);
        const { members, assets } = options;
        const whole = JSON.stringify({ members, assets });
        const wasWhole = readIfThere(layout.complete) === whole;
        await dropMembers(layout, options);
        const plan = await planFederation(layout, options);
        const startup = new Startup(layout, options.progress);
        if (wasWhole && (await startup.isUntouched(plan))) return;
        rmSync(layout.complete, { force: true });
        await requireFree(
            planned(plan)
                .filter(({ name }) => !isRunning(layout, name))
                .flatMap(({ name, ports }) => ports.map((port) => ({ process: name, port }))),
        );
        writeMembers(layout, options.members);
        await startup.run(plan, assets.karmadaCrds);
        writePrivate(layout.complete, whole);
    });
}

/** Ends the processes of members that are no longer listed. */
async function dropMembers(layout: Layout, { members }: FederationOptions): Promise<void> {
    const listed = members.map(({ name }) => name);
    const [kept, dropped] = [true, false].map((isListed) =>
        federationMembers(layout.root).filter(({ name }) => listed.includes(name) === isListed),
    ) as [MemberSpec[], MemberSpec[]];
    // First, so that the agent host starts nothing for them again.
    writeMembers(layout, kept);
    const wanted = new Set(processNames(listed));
    await stopProcesses(
        layout,
        recordedNames(layout).filter((name) => !wanted.has(name)),
    );
    for (const { name } of dropped) {
        rmSync(layout.kubeconfig(name), { force: true });
    }
}

/** Of all processes but the agent host, whose program is made while these start. */
const specsOf = ({ etcd, karmada, members }: Plan): ProcessSpec[] => [
    etcd,
    ...Object.values(karmada.specs),
    ...members.flatMap(({ specs }) => Object.values(specs)),
];

const planned = (plan: Plan) => [...specsOf(plan), plan.agentHost];

class Startup {
    private readonly failed = new AbortController();

    constructor(
        private readonly layout: Layout,
        private readonly progress: Progress,
    ) {}

    /** Every process still runs as it is to run, and is ready: then the objects are there as well. */
    async isUntouched(plan: Plan): Promise<boolean> {
        const specs = [...specsOf(plan), await plan.agentHost.specify()];
        if (!specs.every((spec) => runsAsSpecified(this.layout, spec))) return false;
        await this.progress.step("look after what runs", () =>
            this.together(specs.map((spec) => () => this.up(spec))),
        );
        return true;
    }

    async run(plan: Plan, crdFolder: string): Promise<void> {
        await this.progress.step("etcd", () => this.up(plan.etcd));
        const agentHost = plan.agentHost.specify();
        await this.together([
            () => this.progress.step("Karmada", () => this.karmada(plan.karmada, crdFolder)),
            ...plan.members.map(
                (member) => () =>
                    this.progress.step(`member ${member.member.name}`, () => this.member(member)),
            ),
            async () => void (await agentHost),
        ]);
        await this.up(await agentHost);
    }

    private async karmada({ cluster, specs }: Plan["karmada"], crdFolder: string): Promise<void> {
        await this.up(specs.apiServer);
        const client = KubeClient.fromKubeconfig(readFileSync(cluster.kubeconfig, "utf8"));
        try {
            await this.together([
                () => this.up(specs.kubeControllerManager),
                () => this.up(specs.webhook),
                () => this.up(specs.aggregatedApiServer),
                () => applyDefinitions(client, crdFolder, webhookEndpointOf(cluster, specs)),
            ]);
            await applyExtensions(client, cluster, specs);
        } finally {
            await client.close();
        }
        await this.together([
            () => this.up(specs.controllerManager),
            () => this.up(specs.scheduler),
        ]);
    }

    private async member({ member, cluster, specs }: Plan["members"][number]): Promise<void> {
        await this.up(specs.apiServer);
        const client = KubeClient.fromKubeconfig(readFileSync(cluster.kubeconfig, "utf8"));
        try {
            await this.together([
                () => this.up(specs.kubeControllerManager),
                () => this.up(specs.scheduler),
                () => this.up(specs.kwok),
                () => ensureNodes(client, member),
            ]);
        } finally {
            await client.close();
        }
    }

    private up(spec: ProcessSpec): Promise<void> {
        return bringUp(this.layout, spec, this.failed.signal);
    }

    /** Runs all; the first failure ends the waiting of the others and is the one that is told. */
    private async together(works: readonly (() => Promise<void>)[]): Promise<void> {
        await Promise.allSettled(
            works.map(async (work) => {
                try {
                    await work();
                } catch (error) {
                    this.failed.abort(error);
                }
            }),
        );
        this.failed.signal.throwIfAborted();
    }
}
