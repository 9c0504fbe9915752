import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { prepareEngine, readStackFile, runPulumi } from "../engine";
import {
    federationBinaries,
    federationMembers,
    layoutOf,
    openStateDirectory,
    startFederation,
    type MemberSpec,
} from "../federation";
import { isSettled, readStatus, statusAsText, withLocalKarmada, type Status } from "../status";
import { command } from "../support/command";
import { UserError } from "../support/errors";
import { projectRoot, stateDir } from "../support/root";
import { progressOn } from "../support/terminal";
import { ensureAssets, ensureBinaries } from "../toolchain";
import { stack, stackFile } from "./localStack";

const progress = progressOn(process.stdout);
const settlesWithinMs = 120_000;

export const main = command({
    usage: "npm start",
    summary: "Brings up a real Karmada on this machine and deploys what Pulumi.local.yaml says.",
    options: [],
    run: async () => {
        const listed = localMembers();
        // Members that are no longer listed must answer while the engine takes them out of Karmada.
        const leaving = federationMembers(stateDir).filter(
            ({ name }) => !listed.some((member) => member.name === name),
        );
        const binaries = await ensureBinaries([...federationBinaries, "pulumi"], progress);
        const assets = await ensureAssets(progress);
        const federation = { stateDir, binaries, assets, progress };
        openStateDirectory(stateDir);
        const [engine] = await Promise.all([
            prepareEngine({ stateDir, stack, stackFile, pulumi: binaries.pulumi }),
            startFederation({ ...federation, members: [...listed, ...leaving] }),
        ]);
        const exitCode = await runPulumi(engine, ["up", "--yes", "--skip-preview"]);
        if (exitCode !== 0) throw new UserError("pulumi up failed; its messages stand above.");
        if (leaving.length > 0) await startFederation({ ...federation, members: listed });
        console.log(`\n${statusAsText(await settledStatus())}\n\n${whatNext}`);
    },
});

/** Those members of the stack file whose kubeconfig is one that the federation writes. */
function localMembers(): MemberSpec[] {
    const layout = layoutOf(stateDir);
    return readStackFile(stackFile)
        .members.filter(
            ({ name, kubeconfig }) =>
                path.resolve(projectRoot, kubeconfig) === layout.kubeconfig(name),
        )
        .map(({ name, region = "", zones = [] }) => ({
            name,
            region,
            zones,
            nodes: Math.max(1, zones.length),
        }));
}

function settledStatus(): Promise<Status> {
    return withLocalKarmada(stateDir, (karmada) =>
        progress.step("wait until the members run what they were given", async () => {
            const deadline = Date.now() + settlesWithinMs;
            for (;;) {
                const status = await readStatus(karmada);
                if (status.workloads.every(isSettled)) return status;
                if (Date.now() > deadline) {
                    const seconds = settlesWithinMs / 1000;
                    throw new UserError(`Not so after ${seconds} s:\n\n${statusAsText(status)}`);
                }
                await sleep(250);
            }
        }),
    );
}

const whatNext = `Try next:
  change a weight or the replicas in Pulumi.local.yaml, then
  npm run pulumi -- preview    shows what would change, and the new division
  npm start                    applies it
  npm run status               looks again
  npm run stop                 stops it all (-- --purge also removes its data)`;
