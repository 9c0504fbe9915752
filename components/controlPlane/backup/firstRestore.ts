import * as pulumi from "@pulumi/pulumi";
import { monitorHas } from "../../support/monitor";
import { describeProblems } from "../../support/problems";

/**
 * On what is made with the first volumes: without these a restore would wait for them until it gives
 * up. Only the engine knows whether it is made or was there before.
 */
export function refuseFirstRestore(
    name: string,
    restoring: boolean,
): Pick<pulumi.ResourceHookBinding, "beforeCreate"> {
    if (!restoring || !monitorHas("registerResourceHook")) return {};
    const hook = new pulumi.ResourceHook(
        `${name}-first-restore`,
        () => {
            const message =
                "names a snapshot, but there are no volumes yet that it could be put on; update once without it, and then with it.";
            throw new Error(
                describeProblems(`KarmadaControlPlane "${name}"`, [
                    { path: "backup.restoreFrom", message },
                ]),
            );
        },
        { onDryRun: true },
    );
    return { beforeCreate: [hook] };
}
