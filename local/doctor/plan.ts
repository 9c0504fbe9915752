import { previewOffline } from "../offline";
import { silent } from "../support/progress";
import { binaryAtHand } from "../toolchain";
import type { Plan } from "./context";
import { Unchecked } from "./finding";
import type { State } from "./state";

/** What the stack's program asks for, and which part of it is there already. */
export async function planOf(
    stackFile: string,
    environment: NodeJS.ProcessEnv,
    state: () => Promise<State | undefined>,
): Promise<Plan> {
    if ((await binaryAtHand("pulumi", environment)) === undefined) {
        throw new Unchecked("what the stack needs is not known: that takes pulumi on PATH");
    }
    const [{ resources }, made] = await Promise.all([
        previewOffline(stackFile, { progress: silent }),
        // Where no backend answers yet, nothing was made by it.
        state().catch(() => undefined),
    ]);
    return { resources, added: resources.filter(({ urn }) => !made?.urns.has(urn)) };
}
