import { DisturbedEnvironment } from "../support/disturbance";

describe("an update that is killed, again and again", function () {
    // Several updates each, on a machine that may have other work.
    this.timeout(1_200_000);
    let disturbed: DisturbedEnvironment;

    before("start a federation, see an update that nothing disturbs", async function () {
        this.timeout(60 * 60_000);
        disturbed = await DisturbedEnvironment.start();
    });

    after("stop it", () => disturbed?.stop());

    it("while it removes everything leaves nothing behind after the next", async () => {
        for (const share of [0.8, 0.4]) {
            const run = await disturbed.beginDestroy();
            await disturbed.reachShareLeft(run, share);
            await disturbed.kill(run);
        }
        await disturbed.destroy();
    });

    for (const share of [0.2, 0.6]) {
        it(`with ${share} of it made, and destroyed without being continued, leaves nothing behind`, async () => {
            const run = await disturbed.beginUp();
            await disturbed.reachShare(run, share);
            await disturbed.reachCreation(run);
            await disturbed.kill(run);
            await disturbed.destroy();
        });
    }
});
