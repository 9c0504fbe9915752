import { setTimeout as sleep } from "node:timers/promises";
import { peerUrl } from "../../components/controlPlane/etcd/etcdPlan";
import { hostNamespace } from "../../components/controlPlane/layout";
import { UserError } from "../support/errors";
import type { Progress } from "../support/progress";
import type { EtcdMembers } from "./etcdMembers";

const readyWithinMs = 10 * 60_000;

/**
 * A member of etcd whose volume is lost for good gets a new, empty one, and the others fill it. They
 * go on serving meanwhile.
 */
export async function replaceMember(
    etcd: EtcdMembers,
    member: string,
    progress: Progress,
): Promise<void> {
    const names = await etcd.names();
    if (!names.includes(member)) {
        throw new UserError(`There is no member "${member}"; name one of ${names.join(", ")}.`);
    }
    const ready = await etcd.readyPods();
    if (ready.includes(member)) {
        throw new UserError(`${member} is ready: it has its data, and is left as it is.`);
    }
    const [helper] = ready;
    if (helper === undefined || ready.length <= names.length / 2) {
        throw new UserError(
            `Of ${names.join(", ")} only ${ready.join(", ") || "none"} is ready, which is no majority. ` +
                "Wait for those whose volumes are there still; when there are too few of them, restore a snapshot.",
        );
    }
    await progress.step(`take ${member} out of the cluster and in again`, async () => {
        const url = peerUrl(member, hostNamespace);
        const known = (await etcd.list(helper)).find((each) => each.peerUrl === url);
        // One that never started was added by a run of this that did not get to its end.
        if (known?.name !== "") {
            if (known !== undefined) await etcd.remove(helper, known.id);
            await etcd.add(helper, member);
        }
    });
    await progress.step(`give ${member} an empty volume`, () => etcd.discard(member));
    await progress.step(`wait until ${member} is ready`, async () => {
        const deadline = Date.now() + readyWithinMs;
        while (!(await etcd.readyPods()).includes(member)) {
            if (Date.now() > deadline) {
                throw new UserError(
                    `${member} is not ready after ${readyWithinMs / 60_000} minutes: ` +
                        `see kubectl --namespace=${hostNamespace} describe pod ${member}`,
                );
            }
            await sleep(1_000);
        }
    });
}
