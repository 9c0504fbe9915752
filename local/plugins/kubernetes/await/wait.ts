import { KubeClient, KubeObject, refOf, TimeoutError } from "../../../kube";
import { annotation } from "../annotations";
import { shown } from "../objects";
import { builtInReadiness, describeConditions, Readiness } from "./readiness";
import { parseWaitFor } from "./waitFor";

/** The object is there but not as it should be; with its last state. */
export class NotReady extends Error {
    constructor(
        message: string,
        readonly object: KubeObject,
    ) {
        super(message);
    }
}

export interface WaitOptions {
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
}

/** How to tell that the object is ready; nothing when there is nothing to wait for. */
export function readinessOf(object: KubeObject): ((live: KubeObject) => Readiness) | undefined {
    if (annotation(object, "skipAwait") === "true") {
        return undefined;
    }
    const waitFor = annotation(object, "waitFor");
    return waitFor ? parseWaitFor(waitFor) : builtInReadiness(object.apiVersion, object.kind);
}

/** Waits until the object is ready; gives its last state. */
export async function untilReady(
    client: KubeClient,
    object: KubeObject,
    options: WaitOptions,
): Promise<KubeObject> {
    const check = readinessOf(object);
    if (!check || check(object).state === "ready") {
        return object;
    }
    let last = object;
    let missing = "";
    try {
        return await client.until(
            refOf(object),
            (live) => {
                if (!live || live.metadata.uid !== object.metadata.uid) {
                    throw new NotReady(`${shown(object)} was deleted by someone else`, last);
                }
                last = live;
                const answer = check(live);
                if (answer.state === "failed") {
                    throw new NotReady(`${shown(object)}: ${answer.reason}`, last);
                }
                missing = answer.state === "waiting" ? answer.reason : "";
                return answer.state === "ready" && live;
            },
            options,
        );
    } catch (error) {
        if (error instanceof NotReady) {
            throw error;
        }
        throw new NotReady(whyGivenUp(error, options, last, `waiting for: ${missing}`), last);
    }
}

/** Waits until this very object is gone. */
export async function untilGone(
    client: KubeClient,
    object: KubeObject,
    options: WaitOptions,
): Promise<void> {
    let last = object;
    try {
        await client.until(
            refOf(object),
            (live) => {
                last = live ?? last;
                return !live || live.metadata.uid !== object.metadata.uid;
            },
            options,
        );
    } catch (error) {
        const finalizers = last.metadata.finalizers ?? [];
        const held =
            finalizers.length > 0 ? `finalizers: ${finalizers.join(", ")}` : "no finalizers";
        throw new NotReady(
            whyGivenUp(error, options, last, `waiting for its removal; ${held}`),
            last,
        );
    }
}

function whyGivenUp(error: unknown, options: WaitOptions, last: KubeObject, goal: string): string {
    const conditions = describeConditions(last);
    const told = conditions ? `; its conditions: ${conditions}` : "";
    if (error instanceof TimeoutError) {
        return `${shown(last)}: not so after ${options.timeoutMs / 1000} s of ${goal}${told}`;
    }
    return options.signal.aborted
        ? `${shown(last)}: cancelled while ${goal}${told}`
        : `${shown(last)}: ${goal}: ${(error as Error).message}${told}`;
}
