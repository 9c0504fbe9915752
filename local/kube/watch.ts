import { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { statusError } from "./status";
import { KubeError, KubeObject } from "./types";
import { UnreachableError } from "./unreachable";

export interface WatchEvent {
    readonly type: "ADDED" | "MODIFIED" | "DELETED";
    readonly object: KubeObject;
}

export interface WatchSource {
    list(): Promise<{ items: KubeObject[]; resourceVersion: string }>;
    stream(resourceVersion: string): Promise<IncomingMessage>;
}

export interface Watcher {
    onEvent(event: WatchEvent): void;
    /** All has been told of that was so at this version of the collection. */
    onSeen?(version: string): void;
}

/** After this long the API server ends a watch, which then goes on from where it was. */
export const watchSeconds = 300;
const maxPauseMs = 5000;

/** Lists, then follows; whatever breaks the connection, goes on from the last seen version. */
export async function watch(
    source: WatchSource,
    watcher: Watcher,
    signal: AbortSignal,
): Promise<void> {
    const objects = new Known(watcher);
    let version: string | undefined;
    let listed = false;
    let failures = 0;
    while (!signal.aborted) {
        try {
            if (version === undefined) {
                const { items, resourceVersion } = await source.list();
                objects.replace(items);
                version = resourceVersion;
                listed = true;
                watcher.onSeen?.(version);
            }
            for await (const { type, object } of eventsOf(await source.stream(version))) {
                if (signal.aborted) {
                    return;
                }
                failures = 0;
                version = object.metadata.resourceVersion ?? version;
                if (type !== "BOOKMARK") {
                    objects.change({ type, object });
                }
                watcher.onSeen?.(version);
            }
        } catch (error) {
            if (signal.aborted) {
                return;
            }
            if (listed && error instanceof KubeError && error.status === 410) {
                version = undefined;
            } else if (!listed || !passes(error)) {
                throw error;
            }
        }
        // A stream that ends well may end at once, each time: by a proxy, or a server that knows no watches.
        failures++;
        const delay = Math.min(50 * 2 ** failures, maxPauseMs);
        await pause(delay, undefined, { signal }).catch(() => undefined);
    }
}

/** What the watcher has been told, so that a new list becomes the changes between the two. */
class Known {
    private objects = new Map<string, KubeObject>();

    constructor(private readonly watcher: Watcher) {}

    change(event: WatchEvent): void {
        if (event.type === "DELETED") {
            this.objects.delete(keyOf(event.object));
        } else {
            this.objects.set(keyOf(event.object), event.object);
        }
        this.watcher.onEvent(event);
    }

    replace(items: readonly KubeObject[]): void {
        const listed = new Map(items.map((object) => [keyOf(object), object]));
        for (const [key, object] of this.objects) {
            if (!listed.has(key)) {
                this.change({ type: "DELETED", object });
            }
        }
        for (const [key, object] of listed) {
            const before = this.objects.get(key);
            if (before?.metadata.resourceVersion !== object.metadata.resourceVersion) {
                this.change({ type: before ? "MODIFIED" : "ADDED", object });
            }
        }
    }
}

/** Another object of the same name is another object. */
function keyOf({ metadata }: KubeObject): string {
    return metadata.uid ?? `${metadata.namespace}/${metadata.name}`;
}

type StreamEvent = { readonly type: WatchEvent["type"] | "BOOKMARK"; readonly object: KubeObject };

async function* eventsOf(response: IncomingMessage): AsyncGenerator<StreamEvent> {
    // A peer that is gone without a word would else be waited for without end.
    response.socket.setTimeout((watchSeconds + 30) * 1000, () => response.destroy());
    response.setEncoding("utf8");
    const status = response.statusCode ?? 0;
    let rest = "";
    for await (const part of response) {
        rest += part as string;
        if (status !== 200) {
            continue;
        }
        const lines = rest.split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
            const event = JSON.parse(line) as StreamEvent | { type: "ERROR"; object: object };
            if (event.type === "ERROR") {
                const body = JSON.stringify(event.object);
                const { code } = event.object as { code?: number };
                throw statusError({ status: code ?? 500, body }, "the watch ended");
            }
            yield event;
        }
    }
    if (status !== 200) {
        throw statusError({ status, body: rest }, "cannot watch");
    }
}

function passes(error: unknown): boolean {
    if (error instanceof KubeError) {
        return error.status >= 500 || error.status === 429;
    }
    const { code } = error as { code?: string };
    return error instanceof UnreachableError || code === "ECONNRESET";
}
