import { existsSync, readFileSync } from "node:fs";
import { layoutOf } from "../federation/layout";
import { KubeClient } from "../kube";
import { UserError } from "../support/errors";

/** Asks the local environment's Karmada. */
export async function withLocalKarmada<T>(
    stateDir: string,
    ask: (karmada: KubeClient) => Promise<T>,
): Promise<T> {
    const file = layoutOf(stateDir).kubeconfig("karmada");
    if (!existsSync(file)) {
        throw new UserError("There is no local Karmada yet. Start it with: npm start");
    }
    const client = KubeClient.fromKubeconfig(readFileSync(file, "utf8"));
    try {
        return await ask(client);
    } finally {
        await client.close();
    }
}
