import { readFileSync } from "node:fs";
import { inspectFederation, layoutOf } from "../federation";
import { KubeClient, KubeError } from "../kube";
import { UserError } from "../support/errors";

/** Asks the local environment's Karmada. */
export async function withLocalKarmada<T>(
    stateDir: string,
    ask: (karmada: KubeClient) => Promise<T>,
): Promise<T> {
    const processes = await inspectFederation(stateDir);
    if (!processes.some(({ state }) => state === "running")) {
        throw new UserError("The local Karmada is not running. Start it with: npm start");
    }
    const dead = processes.filter(({ state }) => state === "dead");
    if (dead.length > 0) {
        const list = dead.map(({ name, logFile }) => `  - ${name}, log: ${logFile}`).join("\n");
        throw new UserError(`These processes have died; npm start brings them back:\n${list}`);
    }
    const kubeconfig = readFileSync(layoutOf(stateDir).kubeconfig("karmada"), "utf8");
    const client = KubeClient.fromKubeconfig(kubeconfig);
    try {
        return await ask(client);
    } catch (error) {
        throw error instanceof KubeError ? new UserError(error.message) : error;
    } finally {
        await client.close();
    }
}
