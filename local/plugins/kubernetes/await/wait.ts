import { setTimeout as pause } from "node:timers/promises";
import {
    Collection,
    KubeClient,
    KubeObject,
    meansUnseen,
    ObjectRef,
    refOf,
    TimeoutError,
} from "../../../kube";
import { annotation } from "../annotations";
import { meansGone } from "../failures";
import { shown } from "../objects";
import { awaitingOf } from "./kinds";
import { Awaiting, conditionOf, describeConditions, Readiness, why } from "./readiness";
import { troublesOf } from "./troubles";
import { parseWaitFor } from "./waitFor";

/** The object is there but not as it should be; with its last state and what its pods say. */
export class NotReady extends Error {
    constructor(
        message: string,
        readonly object: KubeObject,
        readonly troubles: readonly string[] = [],
    ) {
        super(message);
    }
}

export interface WaitOptions {
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
    /** Shows the user what is waited for. */
    readonly status: (text: string) => void;
}

/** How to tell that the object is ready; nothing when there is nothing to wait for. */
function awaiting(object: KubeObject): Awaiting | undefined {
    if (annotation(object, "skipAwait") === "true") {
        return undefined;
    }
    const waitFor = annotation(object, "waitFor");
    return waitFor
        ? { check: parseWaitFor(waitFor), onRefresh: true }
        : awaitingOf(object.apiVersion, object.kind);
}

/** Waits until the object is ready; gives its last state. */
export async function untilReady(
    client: KubeClient,
    object: KubeObject,
    options: WaitOptions,
): Promise<KubeObject> {
    const how = awaiting(object);
    const beside = how?.beside?.(object) ?? [];
    const first = how?.check(object, []);
    if (!how || (beside.length === 0 && first?.state === "ready")) {
        return object;
    }
    let last = object;
    let missing = "";
    const miss = (answer: Readiness | undefined) => {
        if (answer?.state === "waiting" && answer.reason !== missing) {
            missing = answer.reason;
            options.status(`waiting: ${missing}`);
        }
    };
    miss(first);
    const look = (live: KubeObject | undefined, others: readonly KubeObject[] | undefined) => {
        if (!live || live.metadata.uid !== object.metadata.uid) {
            throw new NotReady(`${shown(object)} was deleted by someone else`, last);
        }
        last = live;
        const answer = how.check(live, others);
        if (answer.state === "failed") {
            throw new Failed(answer.reason);
        }
        miss(answer);
        return answer.state === "ready" && live;
    };
    const tell = async () => {
        const [first] = await troublesOf(client, last);
        if (first !== undefined) {
            options.status(`waiting: ${missing}; ${first}`);
        }
    };
    const over = new AbortController();
    tellTroubles(tell, over.signal).catch(() => undefined);
    try {
        const since = object.metadata.resourceVersion;
        return await client.until(refOf(object), look, { ...options, beside, since });
    } catch (error) {
        if (error instanceof NotReady) {
            throw error;
        }
        const message =
            error instanceof Failed
                ? `${shown(last)}: ${error.message}`
                : whyGivenUp(error, options, last, `waiting for: ${missing}`);
        // A user who cancels is not kept waiting.
        const troubles = options.signal.aborted ? [] : await troublesOf(client, last);
        throw new NotReady(message, last, troubles);
    } finally {
        over.abort();
    }
}

class Failed extends Error {}

/** Says from time to time, less and less often, what the pods say about a wait that lasts. */
async function tellTroubles(tell: () => Promise<void>, signal: AbortSignal): Promise<void> {
    for (let delayMs = 10_000; ; delayMs *= 2) {
        await pause(delayMs, undefined, { signal });
        await tell();
    }
}

/** What is wrong with an object that was once ready, where a refresh tells that. */
export async function unreadiness(
    client: KubeClient,
    object: KubeObject,
): Promise<Exclude<Readiness, { state: "ready" }> | undefined> {
    const how = awaiting(object);
    if (!how?.onRefresh) {
        return undefined;
    }
    const beside = how.beside?.(object) ?? [];
    const found = await Promise.all(beside.map((one) => find(client, one))).catch((error) => {
        if (!meansUnseen(error)) throw error;
        return undefined;
    });
    const answer = how.check(object, found?.flat());
    return answer.state === "ready" ? undefined : answer;
}

async function find(client: KubeClient, target: ObjectRef | Collection): Promise<KubeObject[]> {
    if (!("name" in target)) {
        return client.list(target.apiVersion, target.kind, target);
    }
    const one = await client.get(target);
    return one ? [one] : [];
}

/** Waits until this very object is gone. */
export async function untilGone(
    client: KubeClient,
    object: KubeObject,
    options: WaitOptions,
): Promise<void> {
    let last = object;
    const goal = () => {
        const finalizers = last.metadata.finalizers ?? [];
        const held = finalizers.length > 0 ? finalizers.join(", ") : "none";
        return `waiting for its removal; finalizers: ${held}`;
    };
    let told = "";
    const tell = () => {
        const ready = conditionOf(last, "Ready");
        const reason = ready && ready.status !== "True" && `; not ready: ${why(ready)}`;
        const now = goal() + (reason || "");
        if (now !== told) options.status((told = now));
    };
    tell();
    try {
        await client.until(
            refOf(object),
            (live) => {
                last = live ?? last;
                tell();
                return !live || live.metadata.uid !== object.metadata.uid;
            },
            { ...options, since: object.metadata.resourceVersion },
        );
    } catch (error) {
        // Its definition may be removed at the same time.
        if (meansGone(error)) {
            return;
        }
        throw new NotReady(whyGivenUp(error, options, last, goal()), last);
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
