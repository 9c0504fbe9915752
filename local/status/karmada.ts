import { existsSync, readFileSync } from "node:fs";
import { layoutOf } from "../federation/layout";
import { KubeClient } from "../kube";
import { UserError } from "../support/errors";

/** Karmada's API of the local environment. */
export function localKarmada(stateDir: string): KubeClient {
    const file = layoutOf(stateDir).kubeconfig("karmada");
    if (!existsSync(file)) {
        throw new UserError(`There is no local Karmada yet (no ${file}). Start it with: npm start`);
    }
    return KubeClient.fromKubeconfig(readFileSync(file, "utf8"));
}
