import { KubeClient, KubeError } from "../kube";
import { kubeconfigOf } from "../kubeconfig/ofStack";
import { UserError } from "../support/errors";
import type { Progress } from "../support/progress";
import { readStatus, type Status } from "./index";
import { type ParentRow, readParent } from "./parent";

export interface StackStatus extends Status {
    readonly parent: readonly ParentRow[];
}

/** What a stack's Karmada knows of its members, and how the cluster that runs it is. */
export async function readStackStatus(stack: string, progress: Progress): Promise<StackStatus> {
    const ask = async <T>(cluster: string, question: (client: KubeClient) => Promise<T>) => {
        const client = KubeClient.fromKubeconfig(await kubeconfigOf(stack, cluster, progress));
        try {
            return await progress.step(`ask ${cluster} of stack ${stack}`, () => question(client));
        } catch (error) {
            throw error instanceof KubeError ? new UserError(error.message) : error;
        } finally {
            await client.close();
        }
    };
    const parent = await ask("parent", readParent);
    return { ...(await ask("karmada", readStatus)), parent };
}

/** Nothing is missing, down, or elsewhere than it should be. */
export const isWell = ({ members, parent }: StackStatus): boolean =>
    members.every(({ ready }) => ready) && parent.every(({ problem }) => problem === undefined);
