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
import {
    Awaiting,
    conditionOf,
    describeConditions,
    failed,
    Readiness,
    ready,
    waiting,
    why,
} from "./readiness";
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
    if (!how) {
        return object;
    }
    const judge: Judge = (live, others) =>
        live ? how.check(live, others) : failed("it was deleted by someone else");
    return until(client, object, judge, { ...options, beside: how.beside?.(object) ?? [] });
}

/** Waits until this very object is gone. */
export async function untilGone(
    client: KubeClient,
    object: KubeObject,
    options: WaitOptions,
): Promise<void> {
    const judge: Judge = (live) => {
        if (!live) return ready;
        const finalizers = live.metadata.finalizers?.join(", ") || "none";
        const condition = conditionOf(live, "Ready");
        const unready = condition && condition.status !== "True";
        return waiting(
            `its removal; finalizers: ${finalizers}${unready ? `; not ready: ${why(condition)}` : ""}`,
        );
    };
    await until(client, object, judge, { ...options, beside: [] });
}

/** Judges this very object, or that it is not there any more. */
type Judge = (live: KubeObject | undefined, beside: readonly KubeObject[] | undefined) => Readiness;

/** Waits until the object is as wanted, and tells what is missing; gives its last state. */
async function until(
    client: KubeClient,
    object: KubeObject,
    judge: Judge,
    options: WaitOptions & { readonly beside: readonly (ObjectRef | Collection)[] },
): Promise<KubeObject> {
    let last = object;
    let missing = "";
    const look = (found: KubeObject | undefined, beside: readonly KubeObject[] | undefined) => {
        const live = found?.metadata.uid === object.metadata.uid ? found : undefined;
        last = live ?? last;
        const answer = judge(live, beside);
        if (answer.state === "failed") {
            throw new Failed(answer.reason);
        }
        if (answer.state === "waiting" && answer.reason !== missing) {
            missing = answer.reason;
            options.status(`waiting: ${missing}`);
        }
        return answer.state === "ready" && last;
    };
    const over = new AbortController();
    const tell = (trouble: string) => options.status(`waiting: ${missing}; ${trouble}`);
    tellTroubles(client, () => last, tell, over.signal).catch(() => undefined);
    try {
        const soFar = look(object, []);
        if (soFar && options.beside.length === 0) return soFar;
        const since = object.metadata.resourceVersion;
        return await client.until(refOf(object), look, { ...options, since }).catch((error) => {
            // Without its definition, which may be removed at the same time, there is no object.
            if (!meansGone(error)) throw error;
            return look(undefined, []) || last;
        });
    } catch (error) {
        // A user who cancels is not kept waiting.
        const troubles = options.signal.aborted ? [] : await troublesOf(client, last);
        throw new NotReady(whyGivenUp(error, options, last, missing), last, troubles);
    } finally {
        over.abort();
    }
}

class Failed extends Error {}

/** Says from time to time, less and less often, what the pods say about a wait that lasts. */
async function tellTroubles(
    client: KubeClient,
    latest: () => KubeObject,
    tell: (trouble: string) => void,
    signal: AbortSignal,
): Promise<void> {
    for (let delayMs = 10_000; ; delayMs *= 2) {
        await pause(delayMs, undefined, { signal });
        const [first] = await troublesOf(client, latest());
        if (first !== undefined) tell(first);
    }
}

/** What is wrong with an object that was once ready, where a refresh tells that. */
export async function unreadiness(
    client: KubeClient,
    object: KubeObject,
): Promise<string | undefined> {
    const how = awaiting(object);
    if (!how?.onRefresh) {
        return undefined;
    }
    const beside = how.beside?.(object) ?? [];
    const seen = beside.map((each) =>
        "name" in each ? client.get(each) : client.list(each.apiVersion, each.kind, each),
    );
    const found = await Promise.all(seen).catch((error) => {
        if (!meansUnseen(error)) throw error;
        return undefined;
    });
    const others = found?.flat().filter((each) => each !== undefined);
    const answer = how.check(object, others);
    return answer.state === "ready" ? undefined : answer.reason;
}

function whyGivenUp(
    error: unknown,
    { timeoutMs, signal }: WaitOptions,
    last: KubeObject,
    missing: string,
): string {
    const { message } = error as Error;
    if (error instanceof Failed) {
        return `${shown(last)}: ${message}`;
    }
    const conditions = describeConditions(last);
    const told = `waiting for: ${missing}${conditions && `; its conditions: ${conditions}`}`;
    if (error instanceof TimeoutError) {
        return `${shown(last)}: not so after ${timeoutMs / 1000} s of ${told}`;
    }
    return `${shown(last)}: ${signal.aborted ? "cancelled while" : `${message},`} ${told}`;
}
