import { reporters, Runner, type MochaOptions, type Test } from "mocha";

/**
 * Mocha's spec report, closed by one line that reads the same for every suite. A test that passes only
 * when it is run again counts as passed, and is named with what went wrong the first time.
 */
module.exports = class Totals extends reporters.Spec {
    constructor(runner: Runner, options?: MochaOptions) {
        super(runner, options);
        const repeated: string[] = [];
        runner.on(Runner.constants.EVENT_TEST_RETRY, (test: Test, error: Error) => {
            repeated.push(`run again: ${test.fullTitle()}\n${error.stack ?? error.message}\n`);
        });
        runner.once(Runner.constants.EVENT_RUN_END, () => {
            const { passes, failures, pending } = this.stats;
            const skipped = pending > 0 ? `, ${pending} skipped` : "";
            const again = repeated.length > 0 ? `, ${repeated.length} run again` : "";
            const totals = `${passes} passed, ${failures} failed${skipped}${again}`;
            process.stdout.write([...repeated, totals, ""].join("\n"));
        });
    }
};
