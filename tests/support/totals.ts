import { reporters, Runner, type MochaOptions } from "mocha";

/** Mocha's spec report, closed by one line that reads the same for every suite. */
module.exports = class Totals extends reporters.Spec {
    constructor(runner: Runner, options?: MochaOptions) {
        super(runner, options);
        runner.once(Runner.constants.EVENT_RUN_END, () => {
            const { passes, failures, pending } = this.stats;
            const skipped = pending > 0 ? `, ${pending} skipped` : "";
            process.stdout.write(`${passes} passed, ${failures} failed${skipped}\n`);
        });
    }
};
