import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describeProblems } from "../../components/support/problems";
import { StackFiles } from "../../stacks/files";
import type { ExistingMember, ExistingSettings } from "../../stacks/existing/settings";
import { prepareEngine, readExistingStack, runPulumi } from "../engine";
import { localStack as stack, localStackFile as stackFile } from "../engine/localStack";
import {
    federationBinaries,
    federationMembers,
    layoutOf,
    openStateDirectory,
    startFederation,
    type FederationOptions,
    type MemberSpec,
} from "../federation";
import { isSettled, readStatus, statusAsText, withLocalKarmada, type Status } from "../status";
import { command } from "../support/command";
import { UserError } from "../support/errors";
import { withLock } from "../support/lock";
import { projectRoot, stateDir } from "../support/root";
import { progressOn } from "../support/terminal";
import { ensureAssets, ensureBinaries } from "../toolchain";

const progress = progressOn(process.stdout);
const settlesWithinMs = 120_000;

export const main = command({
    usage: "npm start",
    summary: "Brings up a real Karmada on this machine and deploys what Pulumi.local.yaml says.",
    options: [],
    run: async () => {
        const settings = readExistingStack(stackFile);
        requireOwnKubeconfigs(settings);
        // Before minutes of building: it may be of no use.
        openStateDirectory(stateDir);
        const binaries = await ensureBinaries([...federationBinaries, "pulumi"], progress);
        const assets = await ensureAssets(progress);
        await withLock(
            path.join(stateDir, "start.lock"),
            (pid) => progress.note(`Process ${pid} is starting it already; waiting for it.`),
            () => start(settings, { stateDir, binaries, assets, progress }, binaries.pulumi),
        );
    },
});

async function start(
    settings: ExistingSettings,
    federation: Omit<FederationOptions, "members">,
    pulumi: string,
): Promise<void> {
    const listed = settings.members.filter(isLocal).map(memberSpec);
    const known = federationMembers(stateDir);
    // Members that are no longer listed must answer while the engine takes them out of Karmada.
    const leaving = known.filter(({ name }) => !listed.some((member) => member.name === name));
    const [engine] = await Promise.all([
        prepareEngine({ stateDir, stack, stackFile, pulumi }),
        startFederation({ ...federation, members: [...listed, ...leaving] }),
    ]);
    const up = ["up", "--yes", "--skip-preview", "--suppress-outputs"];
    if ((await runPulumi(engine, up)) !== 0) {
        throw new UserError("pulumi up failed; its messages stand above.");
    }
    if (leaving.length > 0) await startFederation({ ...federation, members: listed });
    console.log(`\n${statusAsText(await settledStatus())}`);
    if (known.length === 0) console.log(`\n${whatNext}`);
}

/** Whether the federation writes this member's kubeconfig, and so runs the member. */
const isLocal = ({ name, kubeconfig }: ExistingMember): boolean =>
    path.resolve(projectRoot, kubeconfig) === layoutOf(stateDir).kubeconfig(name);

const memberSpec = ({ name, region = "", zones = [] }: ExistingMember): MemberSpec => ({
    name,
    region,
    zones,
    nodes: Math.max(1, zones.length),
});

/** The federation's own files come with it; the user's must be there before anything starts. */
function requireOwnKubeconfigs({ members }: ExistingSettings): void {
    const files = new StackFiles(projectRoot);
    members.forEach((member, at) => {
        if (isLocal(member)) return;
        files.kubeconfig(`members[${at}].kubeconfig`, member.kubeconfig);
    });
    if (files.problems.length > 0) {
        throw new UserError(describeProblems(path.basename(stackFile), files.problems));
    }
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
