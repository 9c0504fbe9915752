import * as path from "node:path";
import { etcdName } from "../../../local/federation/cluster";
import { layoutOf } from "../../../local/federation/layout";
import { recordedNames } from "../../../local/federation/records";
import { removeStateDirectory } from "../../../local/federation/stateDirectory";
import { stopProcesses } from "../../../local/federation/stopping";
import { killGroup, removeGroup } from "./cgroups";
import { removeNetwork } from "./network";
import { rootGroup } from "./nodes";
import { keptSysctls, restoreSysctls } from "./sysctls";

/** Ends whatever there is of a cluster, also of one that was interrupted, and removes all traces. */
export async function removeNodes(stateDir: string): Promise<void> {
    const layout = layoutOf(stateDir);
    // First the kubelets with all that they have started: containers, sandboxes, runtimes.
    await killGroup(rootGroup);
    const names = recordedNames(layout);
    await stopProcesses(
        layout,
        names.filter((name) => name !== etcdName),
    );
    await stopProcesses(layout, [etcdName]);
    await removeGroup(rootGroup);
    await removeNetwork();
    restoreSysctls(path.join(layout.root, keptSysctls));
    removeStateDirectory(layout);
}
