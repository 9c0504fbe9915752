import assert from "node:assert/strict";
import { askPulumi } from "../../local/engine";
import { readStatus } from "../../local/status";
import { Environment, type EngineRun } from "./environment";
import { eventually } from "./eventually";
import { type Inventories, inventoriesOf } from "./inventory";
import { allProcesses, type ProcessEntry, processTree } from "./processTree";

const reachedWithinMs = 300_000;

/** A federation whose updates are disturbed, and what they must come to all the same. */
export class DisturbedEnvironment {
    private constructor(
        readonly environment: Environment,
        /** Of every cluster: before anything was deployed, and after an update that nothing disturbed. */
        private readonly untouched: Inventories,
        private readonly whole: Inventories,
        private readonly resources: readonly string[],
    ) {}

    /** Everything is deployed when it starts. */
    static async start(): Promise<DisturbedEnvironment> {
        const environment = await Environment.start();
        const untouched = await inventoriesOf(environment);
        await environment.up(environment.settings);
        await sampleRuns(environment);
        const whole = await inventoriesOf(environment);
        return new DisturbedEnvironment(environment, untouched, whole, urnsOf(environment));
    }

    stop(): Promise<void> {
        return this.environment.stop();
    }

    beginUp(): Promise<EngineRun> {
        return this.begin("up");
    }

    beginDestroy(): Promise<EngineRun> {
        return this.begin("destroy");
    }

    up(): Promise<string> {
        return this.environment.up(this.environment.settings);
    }

    /** A provider that has ended cannot say what it has made: the next update is told to take that over. */
    async upTakingOver(): Promise<void> {
        const engine = await this.environment.engine(this.environment.settings);
        const environment = { ...engine.environment, PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true" };
        await askPulumi({ ...engine, environment }, ["up", "--yes", "--skip-preview"]);
    }

    /** Waits until the state holds this share of what an undisturbed update makes. */
    async reachShare(run: EngineRun, share: number): Promise<void> {
        const count = Math.floor(this.resources.length * share);
        const isNow = () => urnsOf(this.environment).length >= count;
        await this.reach(run, `${count} resources`, isNow);
    }

    /** Waits until no more than this share is left. */
    async reachShareLeft(run: EngineRun, share: number): Promise<void> {
        const left = Math.floor(this.resources.length * share);
        const isNow = () => urnsOf(this.environment).length <= left;
        await this.reach(run, `${left} resources are left`, isNow);
    }

    /** Waits until something is being made; with a name, the resource of that name. */
    async reachCreation(run: EngineRun, name?: string): Promise<void> {
        await this.reach(run, `${name ?? "something"} is being made`, () =>
            (this.environment.state().pending_operations ?? []).some(
                ({ type, resource }) =>
                    type === "creating" && (!name || resource.urn.endsWith(`::${name}`)),
            ),
        );
    }

    /** Kills the engine alone, as the system does when memory is short; what it has started ends too. */
    async kill(run: EngineRun): Promise<void> {
        const tree = processTree(run.process.pid!);
        assert.ok(tree.length > 1, "it has started a language host and providers");
        run.process.kill("SIGKILL");
        await run.end;
        await eventually("the end of all that it has started", async () => {
            assert.deepEqual(stillThere(tree), []);
        });
    }

    /** What the undisturbed update made is there, once, and nothing else; and the state says so. */
    async isWhole(): Promise<void> {
        const { environment } = this;
        await environment.up(environment.settings, "--expect-no-changes");
        const state = environment.state();
        assert.deepEqual(state.pending_operations ?? [], []);
        assert.deepEqual(
            state.resources?.filter((each) => each.delete),
            [],
        );
        assert.deepEqual(urnsOf(environment), this.resources);
        await eventually("the inventory", async () => {
            assert.deepEqual(await inventoriesOf(environment), this.whole);
        });
        await sampleRuns(environment);
    }

    /** Takes everything back; nothing of it is left. */
    async destroy(): Promise<void> {
        const { environment } = this;
        await environment.destroy();
        assert.deepEqual(environment.state().pending_operations ?? [], []);
        assert.deepEqual(environment.state().resources ?? [], []);
        await eventually("the inventory", async () => {
            assert.deepEqual(await inventoriesOf(environment), this.untouched);
        });
    }

    private begin(command: "up" | "destroy"): Promise<EngineRun> {
        return this.environment.begin(
            this.environment.settings,
            command,
            "--yes",
            "--skip-preview",
        );
    }

    private async reach(run: EngineRun, moment: string, isNow: () => boolean): Promise<void> {
        let early: string | undefined;
        void run.end.then(({ output }) => (early = output));
        await eventually(moment, async () => early !== undefined || isNow(), reachedWithinMs);
        assert.equal(early, undefined, `the run ended before: ${moment}`);
    }
}

function urnsOf(environment: Environment): string[] {
    return (environment.state().resources ?? []).map(({ urn }) => urn).sort();
}

async function sampleRuns(environment: Environment): Promise<void> {
    const karmada = environment.client("karmada");
    await eventually("3 / 3 / 6", async () => {
        const { workloads } = await readStatus(karmada);
        const running = workloads.map(({ members }) => members.map((each) => each.running));
        assert.deepEqual(running, [[3, 3, 6]]);
    }).finally(() => karmada.close());
}

/** Those of these processes that have not ended. */
function stillThere(tree: readonly ProcessEntry[]): string[] {
    const now = new Map(allProcesses().map(({ pid, command }) => [pid, command]));
    return tree.filter(({ pid, command }) => now.get(pid) === command).map((each) => each.command);
}
