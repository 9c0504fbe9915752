import { askPulumi } from "../engine";
import { engineFor } from "../engine/forStack";
import { localStack } from "../engine/localStack";
import { layoutOf } from "../federation";
import { readIfThere } from "../federation/files";
import { UserError } from "../support/errors";
import type { Progress } from "../support/progress";
import { stateDir } from "../support/root";

/** Text of the kubeconfig of a stack's Karmada, or of another of its clusters. */
export async function kubeconfigOf(
    stack: string,
    cluster: string,
    progress: Progress,
): Promise<string> {
    return stack === localStack
        ? ofLocal(cluster)
        : progress.step(`read the outputs of stack ${stack}`, () =>
              fromOutputs(stack, cluster, progress),
          );
}

function ofLocal(cluster: string): string {
    const text = readIfThere(layoutOf(stateDir).kubeconfig(cluster));
    if (text !== undefined) return text;
    throw new UserError(
        `There is no cluster "${cluster}" on this machine; npm start brings up karmada and the members.`,
    );
}

const suffix = "Kubeconfig";

async function fromOutputs(stack: string, cluster: string, progress: Progress): Promise<string> {
    const engine = await engineFor(stack, progress);
    const args = ["stack", "output", "--json", "--show-secrets", "--non-interactive"];
    const outputs = JSON.parse(await askPulumi(engine, args)) as Record<string, unknown>;
    const text = outputs[`${cluster}${suffix}`];
    if (typeof text === "string") return text;
    const known = Object.keys(outputs)
        .filter((name) => name.endsWith(suffix))
        .map((name) => name.slice(0, -suffix.length));
    const remedy =
        known.length > 0
            ? `it has those of ${known.join(", ")}`
            : "has it been updated, and does it make clusters?";
    throw new UserError(`Stack ${stack} has no kubeconfig of "${cluster}": ${remedy}`);
}
