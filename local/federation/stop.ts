import type { Progress } from "../support/progress";
import { agentHostName } from "./agentHost";
import { etcdName } from "./cluster";
import { layoutOf } from "./layout";
import { recordedNames } from "./records";
import { exclusively, isStateDirectory, removeStateDirectory } from "./stateDirectory";
import { stopProcesses } from "./stopping";

/** Ends every process of the federation; with `purge`, removes its data too. */
export async function stopFederation(
    stateDir: string,
    options: { readonly purge: boolean; readonly progress: Progress },
): Promise<void> {
    const layout = layoutOf(stateDir);
    if (!isStateDirectory(layout)) {
        if (options.purge) removeStateDirectory(layout);
        return;
    }
    await exclusively(layout, options.progress, async () => {
        const names = recordedNames(layout);
        if (names.length > 0) {
            await options.progress.step(`stop ${names.length} processes`, async () => {
                // It would start an agent again that ends.
                await stopProcesses(layout, [agentHostName]);
                // Names again: it may have started an agent meanwhile. Who writes to etcd goes first.
                const others = recordedNames(layout).filter((name) => name !== etcdName);
                await stopProcesses(layout, others);
                await stopProcesses(layout, [etcdName]);
            });
        }
        if (options.purge) removeStateDirectory(layout);
    });
}
