import { Collection, KindNotServedError, KubeError, KubeObject, ObjectRef } from "./types";
import { Watcher } from "./watch";

export interface UntilOptions {
    readonly signal?: AbortSignal;
    readonly timeoutMs?: number;
    /** The version of the object that is known: a watch that others have begun will then do. */
    readonly since?: string;
    /** What else decides; `wanted` gets those objects too, or undefined where nobody may see them. */
    readonly beside?: readonly (ObjectRef | Collection)[];
}

type Follow = (watcher: Watcher, signal: AbortSignal) => Promise<void>;

/** The wait was longer than it may be. */
export class TimeoutError extends Error {
    override readonly name = "TimeoutError";
}

/** Such objects may not be seen, or there is no such kind. */
export function meansUnseen(error: unknown): boolean {
    const refused = error instanceof KubeError && [403, 404].includes(error.status);
    return refused || error instanceof KindNotServedError;
}

/** Follows one object until it is as wanted; `wanted` is given undefined while there is none. */
export async function until<T>(
    follow: Follow,
    what: string,
    wanted: (
        object: KubeObject | undefined,
        beside: readonly KubeObject[] | undefined,
    ) => T | undefined | false,
    options: UntilOptions,
    followBeside: readonly Follow[] = [],
): Promise<T> {
    const { signal: outer, timeoutMs } = options;
    outer?.throwIfAborted();
    const stop = new AbortController();
    const cancel = () => stop.abort(outer?.reason);
    outer?.addEventListener("abort", cancel, { once: true });
    const clock =
        timeoutMs === undefined
            ? undefined
            : setTimeout(() => {
                  stop.abort(new TimeoutError(`waited ${timeoutMs / 1000} s in vain for ${what}`));
              }, timeoutMs);
    try {
        return await new Promise<T>((resolve, reject) => {
            let current: KubeObject | undefined;
            let told = false;
            const beside = new Map<string | undefined, KubeObject>();
            let besideIsSeen = true;
            const look = () => {
                try {
                    const found = wanted(current, besideIsSeen ? [...beside.values()] : undefined);
                    if (found !== undefined && found !== false) {
                        resolve(found);
                    }
                } catch (error) {
                    reject(error as Error);
                }
            };
            const watcher: Watcher = {
                onEvent({ type, object }) {
                    told = true;
                    current = type === "DELETED" ? undefined : object;
                    look();
                },
                onSeen() {
                    if (!told) {
                        told = true;
                        look();
                    }
                },
            };
            stop.signal.addEventListener("abort", () => reject(stop.signal.reason as Error));
            follow(watcher, stop.signal).catch(reject);
            const onEvent: Watcher["onEvent"] = ({ type, object }) => {
                if (type === "DELETED") {
                    beside.delete(object.metadata.uid);
                } else {
                    beside.set(object.metadata.uid, object);
                }
                if (told) {
                    look();
                }
            };
            for (const each of followBeside) {
                each({ onEvent }, stop.signal).catch((error: unknown) => {
                    if (!meansUnseen(error)) return reject(error as Error);
                    besideIsSeen = false;
                    if (told) look();
                });
            }
        });
    } finally {
        clearTimeout(clock);
        outer?.removeEventListener("abort", cancel);
        stop.abort();
    }
}
