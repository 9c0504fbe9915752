import assert from "node:assert/strict";
import { inspectFederation } from "../../local/federation";
import { readStatus } from "../../local/status";
import { Environment, type EngineRun } from "../support/environment";
import { eventually } from "../support/eventually";
import { type Inventories, inventoriesOf } from "../support/inventory";
import { allProcesses, type ProcessEntry, processTree } from "../support/processTree";

const reachedWithinMs = 300_000;

describe("an update", function () {
    // Several updates each, on a machine that may have other work.
    this.timeout(1_200_000);
    let environment: Environment;
    /** Of every cluster: before anything was deployed, and after an update that nothing disturbed. */
    let untouched: Inventories;
    let whole: Inventories;
    let resources: string[];

    before("start a federation, see an update that nothing disturbs", async function () {
        this.timeout(60 * 60_000);
        environment = await Environment.start();
        untouched = await inventoriesOf(environment);
    });

    after("stop it", () => environment?.stop());

    const beginUp = () => environment.begin(environment.settings, "up", "--yes", "--skip-preview");

    const urns = () => (environment.state().resources ?? []).map(({ urn }) => urn).sort();

    /** Waits for a moment in the course of a run. */
    async function reach(run: EngineRun, moment: string, isNow: () => boolean): Promise<void> {
        let early: string | undefined;
        void run.end.then(({ output }) => (early = output));
        await eventually(moment, async () => early !== undefined || isNow(), reachedWithinMs);
        assert.equal(early, undefined, `the run ended before: ${moment}`);
    }

    const part = (share: number) => () => urns().length >= Math.floor(resources.length * share);

    /** What the undisturbed update made is there, once, and nothing else; and the state says so. */
    async function isWhole(): Promise<void> {
        await environment.up(environment.settings, "--expect-no-changes");
        const state = environment.state();
        assert.deepEqual(state.pending_operations ?? [], []);
        assert.deepEqual(
            state.resources?.filter((each) => each.delete),
            [],
        );
        assert.deepEqual(urns(), resources);
        await eventually("the inventory", async () => {
            assert.deepEqual(await inventoriesOf(environment), whole);
        });
        await sampleRuns();
    }

    async function sampleRuns(): Promise<void> {
        const karmada = environment.client("karmada");
        await eventually("3 / 3 / 6", async () => {
            const { workloads } = await readStatus(karmada);
            const running = workloads.map(({ members }) => members.map((each) => each.running));
            assert.deepEqual(running, [[3, 3, 6]]);
        }).finally(() => karmada.close());
    }

    async function isClean(): Promise<void> {
        assert.deepEqual(environment.state().pending_operations ?? [], []);
        assert.deepEqual(environment.state().resources ?? [], []);
        await eventually("the inventory", async () => {
            assert.deepEqual(await inventoriesOf(environment), untouched);
        });
    }

    /** Kills the engine alone, as the system does when memory is short; what it has started ends too. */
    async function kill(run: EngineRun): Promise<void> {
        const tree = processTree(run.process.pid!);
        assert.ok(tree.length > 1, "it has started a language host and providers");
        run.process.kill("SIGKILL");
        await run.end;
        await eventually("the end of all that it has started", async () => {
            assert.deepEqual(stillThere(tree), []);
        });
    }

    describe("that is cut off", () => {
        it("is not, and shows what the others are compared with", async () => {
            await environment.up(environment.settings);
            await sampleRuns();
            whole = await inventoriesOf(environment);
            resources = urns();
            await isWhole();
            await environment.destroy();
            await isClean();
        });

        it("by SIGKILL, again and again, is completed by the next", async () => {
            for (const share of [0.1, 0.3, 0.5, 0.7]) {
                const run = await beginUp();
                await reach(run, `${share} of the resources`, part(share));
                await kill(run);
            }
            const last = await beginUp();
            await reach(last, "the sample is being made", () =>
                (environment.state().pending_operations ?? []).some(({ resource }) =>
                    resource.urn.endsWith("::nginx-deployment"),
                ),
            );
            await kill(last);
            await environment.up(environment.settings);
            await isWhole();
        });

        it("by SIGKILL while it removes everything leaves nothing behind after the next", async () => {
            for (const share of [0.8, 0.4]) {
                const run = await environment.begin(
                    environment.settings,
                    "destroy",
                    "--yes",
                    "--skip-preview",
                );
                const left = Math.floor(resources.length * share);
                await reach(run, `${left} resources are left`, () => urns().length <= left);
                await kill(run);
            }
            await environment.destroy();
            await isClean();
        });

        it("by SIGKILL, and destroyed without being continued, leaves nothing behind", async () => {
            for (const share of [0.2, 0.6]) {
                const run = await beginUp();
                await reach(run, `${share} of the resources, and one being made`, () => {
                    const open = environment.state().pending_operations ?? [];
                    return part(share)() && open.some(({ type }) => type === "creating");
                });
                await kill(run);
                await environment.destroy();
                await isClean();
            }
        });

        it("by the end of a provider says so, and is completed by the next", async () => {
            const run = await beginUp();
            await reach(run, "half of the resources", part(0.5));
            const isProvider = ({ command }: ProcessEntry) => /kubernetes\.js \d/.test(command);
            const provider = processTree(run.process.pid!).find(isProvider);
            assert.ok(provider, "a provider runs");
            process.kill(provider.pid, "SIGKILL");
            const { exitCode, output } = await run.end;
            assert.notEqual(exitCode, 0);
            assert.match(output, /provider|plugin/);
            await environment.up(environment.settings);
            await isWhole();
            await environment.destroy();
            await isClean();
        });

        it("by the end of a member's API server is completed when that is back", async () => {
            const run = await beginUp();
            await reach(run, "a third of the resources", part(0.3));
            const name = `${environment.members[0]!}.kube-apiserver`;
            const find = async () =>
                (await inspectFederation(environment.stateDir)).find((each) => each.name === name);
            process.kill((await find())!.pid!, "SIGKILL");
            await eventually("its end", async () => (await find())?.state === "dead");
            await environment.repair();
            await run.end;
            await environment.up(environment.settings);
            await isWhole();
        });

        it("is not by another one: that is refused, and told which lock is held", async () => {
            await environment.destroy();
            const first = await beginUp();
            await reach(first, "the first resource", () => urns().length > 0);
            await assert.rejects(
                environment.up(environment.settings),
                /the stack is currently locked by 1 lock/,
            );
            assert.equal((await first.end).exitCode, 0);
            await isWhole();
        });
    });
});

/** Those of these processes that have not ended. */
function stillThere(tree: readonly ProcessEntry[]): string[] {
    const now = new Map(allProcesses().map(({ pid, command }) => [pid, command]));
    return tree.filter(({ pid, command }) => now.get(pid) === command).map((each) => each.command);
}
