import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { CutOffError, isAbsent, KindNotServedError, KubeError, KubeObject } from "../../kube";
import { parsePath, type Path } from "../protocol/paths";
import type { PropertyMap } from "../protocol/provider";
import { annotation } from "./annotations";
import { NotReady, WaitOptions } from "./await/wait";
import { Configuration } from "./configuration";
import { explain, isStatus } from "./failures";
import { shown, toObject } from "./objects";

/** Longer than an API server takes to start anew. */
const backWithinMs = 60_000;
const askAgainAfterMs = 1000;

/** The last comes 25 s after the first; the official provider goes on for a little longer. */
const attempts = 7;

/**
 * Repeats a creation for which something is missing that may come in the same update: the kind's definition or the
 * namespace. As with the official provider nothing else is repeated, so what needs repeating fails here too.
 */
export async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt++) {
        try {
            return await work();
        } catch (error) {
            if (attempt === attempts || !isMissing(error)) {
                throw error;
            }
        }
        await pause(200 * 2 ** attempt, undefined, { signal });
    }
}

function isMissing(error: unknown): boolean {
    // An aggregated API whose server is just starting cannot say yet which kinds it has.
    return isStatus(error, 404, 503) || error instanceof KindNotServedError;
}

/** The object with the namespace its kind wants: none, its own, or the default. */
export async function placed(
    { client, namespace }: Configuration,
    object: KubeObject,
): Promise<KubeObject> {
    const namespaced = await client.isNamespaced(object.apiVersion, object.kind);
    const { namespace: own, ...metadata } = object.metadata;
    return {
        ...object,
        metadata: namespaced ? { ...metadata, namespace: own || namespace } : metadata,
    };
}

/**
 * One manager per resource, so that two resources on one object are seen as two; the state keeps it. Where the state has
 * lost it, the object that is there may tell: another one would conflict with the fields of the first.
 */
export function fieldManagerFor(object: KubeObject, known: unknown, live = object): string {
    const kept = typeof known === "string" && known !== "" ? known : undefined;
    const [former, ...others] = managersOf(live);
    // Of several nobody knows which was whose.
    const sole = others.length === 0 ? former : undefined;
    return (
        annotation(object, "fieldManager") ??
        kept ??
        sole ??
        `pulumi-kubernetes-${randomBytes(4).toString("hex")}`
    );
}

/** The resources, of whatever stack, that have set something of the object. */
export function managersOf({ metadata }: KubeObject): string[] {
    return (metadata.managedFields ?? [])
        .filter(({ operation, subresource }) => operation === "Apply" && !subresource)
        .map(({ manager = "" }) => manager)
        .filter((manager) => /^pulumi-kubernetes-[0-9a-f]{8}$/.test(manager));
}

export function applied(
    { client, patchForce }: Configuration,
    object: KubeObject,
    fieldManager: string,
    options: { readonly dryRun?: boolean; readonly force?: boolean } = {},
): Promise<KubeObject> {
    const force = options.force || patchForce || annotation(object, "patchForce") === "true";
    return client.apply(object, { ...options, fieldManager, force });
}

/**
 * Makes an object. When the server or its etcd goes away before it has answered, the object may be there all the same,
 * and would be in the way of the next update; to apply it again, by the same manager, finds that out.
 */
export async function made(
    configuration: Configuration,
    object: KubeObject,
    fieldManager: string,
    { timeoutMs, signal, status }: WaitOptions,
): Promise<KubeObject> {
    const end = Date.now() + Math.min(timeoutMs, backWithinMs);
    let lost = false;
    for (;;) {
        try {
            return await patiently(() => applied(configuration, object, fieldManager), signal);
        } catch (error) {
            lost ||= isUnanswered(error);
            if (!lost) throw error;
            if (!isComingBack(error) || Date.now() > end || signal.aborted) {
                throw new NotReady(
                    `${explain(error)}. Nobody knows whether ${shown(object)} has been made all the same: ` +
                        `the next update finds out`,
                    object,
                );
            }
            status(`waiting for ${configuration.client.server} to say whether it has been made`);
        }
        await pause(askAgainAfterMs, undefined, { signal }).catch(() => undefined);
    }
}

const isUnanswered = (error: unknown) =>
    error instanceof CutOffError ||
    isAbsent(error) ||
    isStatus(error, 504) ||
    (isStatus(error, 500) && /etcdserver:/.test(error.message));

/** A server that has just started may know neither who calls nor its webhooks yet. */
const isComingBack = (error: unknown) =>
    isAbsent(error) ||
    isStatus(error, 403, 429) ||
    (error instanceof KubeError && error.status >= 500);

/** Of a creation that was cut off the state has no more than its manager; the object may be somebody else's. */
export function isAnothers({ metadata }: KubeObject, state: PropertyMap): boolean {
    const { uid } = toObject(state).metadata ?? {};
    const owners = (metadata.managedFields ?? []).map(({ manager }) => manager);
    const isKnown = !uid && state.__fieldManager && owners.length > 0;
    return Boolean(isKnown) && !owners.includes(String(state.__fieldManager));
}

export function alreadyThere({ kind, metadata }: KubeObject): Error {
    return new Error(
        `${kind} ${metadata.name} is already there, and nothing in this stack has made it. Import it ` +
            `(resource option "import"), or give the old resource an alias if it was renamed. If an ` +
            `interrupted update has made it, run once more with PULUMI_K8S_UPSERT_EXISTING_OBJECTS=true`,
    );
}

/** Ignored fields get the value they have now, whoever has set it since; those not asked for stay with others. */
export function withIgnored(
    object: KubeObject,
    live: KubeObject,
    ignoreChanges: readonly string[],
): KubeObject {
    const result = structuredClone(object);
    for (const path of ignoreChanges.map(parsePath)) {
        const parent = valueAt(result, path.slice(0, -1));
        const field = path.at(-1) ?? "";
        const current = valueAt(live, path);
        if (parent?.[field] !== undefined && current !== undefined) {
            parent[field] = current;
        }
    }
    return result;
}

function valueAt(value: unknown, path: Path) {
    type Fields = Record<string, unknown> | undefined;
    return path.reduce((inner, part) => inner?.[part] as Fields, value as Fields);
}
