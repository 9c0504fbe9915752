import { KubeObject } from "./types";
import { Watcher } from "./watch";

export interface UntilOptions {
    readonly signal?: AbortSignal;
    readonly timeoutMs?: number;
}

/** The wait was longer than it may be. */
export class TimeoutError extends Error {
    override readonly name = "TimeoutError";
}

/** Follows one object until it is as wanted; `wanted` is given undefined while there is none. */
export async function until<T>(
    follow: (watcher: Watcher, signal: AbortSignal) => Promise<void>,
    what: string,
    wanted: (object: KubeObject | undefined) => T | undefined | false,
    options: UntilOptions,
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
            const look = () => {
                try {
                    const found = wanted(current);
                    if (found !== undefined && found !== false) {
                        resolve(found);
                    }
                } catch (error) {
                    reject(error as Error);
                }
            };
            const watcher: Watcher = {
                onEvent({ type, object }) {
                    current = type === "DELETED" ? undefined : object;
                    look();
                },
                onListed() {
                    if (!current) {
                        look();
                    }
                },
            };
            stop.signal.addEventListener("abort", () => reject(stop.signal.reason as Error));
            follow(watcher, stop.signal).catch(reject);
        });
    } finally {
        clearTimeout(clock);
        outer?.removeEventListener("abort", cancel);
        stop.abort();
    }
}
