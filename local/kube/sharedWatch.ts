import { KubeObject } from "./types";
import { Watcher } from "./watch";

type Start = (watcher: Watcher, signal: AbortSignal) => Promise<void>;

/** What is followed of a shared watch. */
interface Part {
    readonly name: string;
    /** The version that the follower knows already: what was before it must not be told as news. */
    readonly since: string;
}

interface Follower extends Part {
    readonly watcher: Watcher;
    readonly fail: (error: unknown) => void;
    upToDate: boolean;
}

/** One watch per collection for all who wait for an object in it, however many they are. */
export class SharedWatches {
    private readonly watches = new Map<string, SharedWatch>();

    /** Tells of one object of the collection until the signal says stop; `start` begins the watch of all of it. */
    follow(
        collection: string,
        start: Start,
        part: Part,
        watcher: Watcher,
        signal: AbortSignal,
    ): Promise<void> {
        let watch = this.watches.get(collection);
        if (!watch) {
            watch = new SharedWatch(start, () => this.watches.delete(collection));
            this.watches.set(collection, watch);
        }
        return watch.follow(part, watcher, signal);
    }
}

class SharedWatch {
    private readonly objects = new Map<string, KubeObject>();
    private readonly followers = new Set<Follower>();
    private readonly over = new AbortController();
    private seen: bigint | undefined;

    constructor(
        start: Start,
        private readonly onEnd: () => void,
    ) {
        const watcher: Watcher = {
            onEvent: (event) => {
                const name = event.object.metadata.name ?? "";
                if (event.type === "DELETED") {
                    this.objects.delete(name);
                } else {
                    this.objects.set(name, event.object);
                }
                for (const follower of this.followers) {
                    if (follower.upToDate && follower.name === name) {
                        follower.watcher.onEvent(event);
                    }
                }
            },
            onSeen: (version) => {
                this.seen = BigInt(version);
                for (const follower of this.followers) {
                    this.catchUp(follower);
                }
            },
        };
        start(watcher, this.over.signal).catch((error: unknown) => {
            this.end();
            for (const { fail } of this.followers) {
                fail(error);
            }
        });
    }

    async follow(part: Part, watcher: Watcher, signal: AbortSignal): Promise<void> {
        let follower: Follower | undefined;
        try {
            await new Promise<void>((resolve, reject) => {
                signal.addEventListener("abort", () => resolve(), { once: true });
                follower = { ...part, watcher, fail: reject, upToDate: false };
                this.followers.add(follower);
                this.catchUp(follower);
            });
        } finally {
            this.followers.delete(follower!);
            if (this.followers.size === 0 && !this.over.signal.aborted) {
                this.end();
            }
        }
    }

    private end(): void {
        this.over.abort();
        this.onEnd();
    }

    /** Tells how things stand, once the watch has come to where the follower is. */
    private catchUp(follower: Follower): void {
        const { seen } = this;
        if (follower.upToDate || seen === undefined || seen < BigInt(follower.since)) {
            return;
        }
        follower.upToDate = true;
        const object = this.objects.get(follower.name);
        if (object) {
            follower.watcher.onEvent({ type: "ADDED", object });
        }
        follower.watcher.onSeen?.(String(seen));
    }
}
