import assert from "node:assert/strict";
import { DisturbedEnvironment } from "../support/disturbance";
import { type ProcessEntry, processTree } from "../support/processTree";

describe("an update that is cut off", function () {
    // Two or three updates each, on a machine that may have other work.
    this.timeout(600_000);
    let disturbed: DisturbedEnvironment;

    before("start a federation, see an update that nothing disturbs", async function () {
        this.timeout(60 * 60_000);
        disturbed = await DisturbedEnvironment.start();
    });

    beforeEach("take everything back", () => disturbed.destroy());

    after("stop it", () => disturbed?.stop());

    it("by SIGKILL, again and again, is completed by the last", async () => {
        for (const share of [0.1, 0.3, 0.5, 0.7]) {
            const run = await disturbed.beginUp();
            await disturbed.reachShare(run, share);
            await disturbed.reachCreation(run);
            await disturbed.kill(run);
        }
        const last = await disturbed.beginUp();
        await disturbed.reachCreation(last, "nginx-deployment");
        await disturbed.kill(last);
        await disturbed.up();
        await disturbed.isWhole();
    });

    it("by the end of a provider says so, and is completed by the next", async () => {
        const run = await disturbed.beginUp();
        await disturbed.reachShare(run, 0.5);
        const isProvider = ({ command }: ProcessEntry) => /kubernetes\.js \d/.test(command);
        const provider = processTree(run.process.pid!).find(isProvider);
        assert.ok(provider, "a provider runs");
        process.kill(provider.pid, "SIGKILL");
        const { exitCode, output } = await run.end;
        assert.notEqual(exitCode, 0);
        assert.match(output, /exited prematurely|connection refused|error reading from server/);
        await disturbed.upTakingOver();
        // The connections remember what they were told until the next.
        await disturbed.up();
        await disturbed.isWhole();
    });

    it("by the end of a member's API server is completed when that is back", async () => {
        const { environment } = disturbed;
        const run = await disturbed.beginUp();
        await disturbed.reachShare(run, 0.3);
        await environment.killApiServer(environment.members[0]!);
        await environment.repair();
        await run.end;
        await disturbed.up();
        await disturbed.isWhole();
    });

    it("is not by another one: that is refused, and told which lock is held", async () => {
        const run = await disturbed.beginUp();
        await disturbed.reachShare(run, 0.05);
        await assert.rejects(disturbed.up(), /the stack is currently locked by 1 lock/);
        assert.equal((await run.end).exitCode, 0);
        await disturbed.isWhole();
    });
});
