import { askPulumi, type Engine, runPulumi } from "../engine";
import { UserError } from "../support/errors";
import type { Progress } from "../support/progress";
import { planTeardown } from "./plan";
import type { LeftoverRecord } from "./record";
import { goesAsText, obstaclesAsText, staysAsText } from "./report";
import { type StateResource, withoutSeals } from "./state";
import { keptVolumes } from "./volumes";

export { LeftoverRecord } from "./record";

export interface TeardownOptions {
    readonly stack: string;
    readonly engine: Engine;
    readonly record: LeftoverRecord;
    readonly progress: Progress;
    readonly say: (text: string) => void;
    /** Throws where it is not to be. */
    readonly confirm: () => Promise<void>;
}

/**
 * Takes a stack down: what depends goes before what it depends on, so members leave before Karmada ends,
 * and Karmada before its cluster. Cut off, it goes on the next time.
 */
export async function tearDown(options: TeardownOptions): Promise<void> {
    const { stack, engine, record, progress, say } = options;
    const resources = await progress.step(`read the state of stack ${stack}`, () =>
        stateOf(engine),
    );
    const { goes, stays, obstacles } = planTeardown(resources);
    if (obstacles.length > 0) throw new UserError(obstaclesAsText(stack, obstacles));
    if (goes.length === 0 && stays.length === 0) {
        say(`Nothing is left of stack ${stack} to be destroyed.\n\n${staysAsText(record.read())}`);
        return;
    }
    const { kept, notAsked } = await progress.step("ask the clusters for volumes that stay", () =>
        keptVolumes(resources),
    );
    const leftovers = [...stays, ...kept];
    say(`\n${goesAsText(goes)}\n\n${staysAsText(leftovers)}\n`);
    for (const each of notAsked) say(`Volumes may stay that are not listed: ${each}\n`);
    await options.confirm();

    record.add(leftovers);
    const exitCode = await runPulumi(engine, ["destroy", "--yes", "--skip-preview"]);
    if (exitCode !== 0) {
        throw new UserError(
            `pulumi destroy did not come to its end; its messages stand above. What is gone is gone, ` +
                `the rest is as it was: mend what they name, and run this again.`,
        );
    }
    say(`\nStack ${stack} is destroyed.\n\n${staysAsText(record.read())}`);
    if (record.read().length > 0) say(`\nThis list is kept in ${record.file}`);
}

async function stateOf(engine: Engine): Promise<StateResource[]> {
    // With its secrets: the kubeconfigs by which clusters are asked are among them.
    const args = ["stack", "export", "--show-secrets", "--non-interactive"];
    const { deployment } = JSON.parse(await askPulumi(engine, args)) as {
        deployment?: { resources?: StateResource[] };
    };
    return (deployment?.resources ?? []).map(withoutSeals);
}
