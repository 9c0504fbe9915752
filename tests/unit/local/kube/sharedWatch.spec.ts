import * as assert from "node:assert/strict";
import type { Watcher, WatchEvent } from "../../../../local/kube";
import { SharedWatches } from "../../../../local/kube/sharedWatch";

/** A watch that has been begun, as its API server sees it. */
interface Begun {
    readonly watcher: Watcher;
    readonly signal: AbortSignal;
    readonly fail: (error: Error) => void;
}

describe("a watch that is shared", () => {
    let shared: SharedWatches;
    let begun: Begun[];
    let stop: AbortController;
    beforeEach(() => {
        shared = new SharedWatches();
        begun = [];
        stop = new AbortController();
    });
    afterEach(() => stop.abort());

    const start = (watcher: Watcher, signal: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
            signal.addEventListener("abort", () => resolve());
            begun.push({ watcher, signal, fail: reject });
        });
    /** What a follower is told of: events, and where nothing is there, that. */
    const follow = (name: string, since: string, signal = stop.signal) => {
        const told: string[] = [];
        const watcher: Watcher = {
            onEvent: ({ type, object }) =>
                told.push(`${type} ${object.metadata.name} ${object.metadata.resourceVersion}`),
            onSeen: (version) => told.push(`as of ${version}`),
        };
        return { told, end: shared.follow("maps", start, { name, since }, watcher, signal) };
    };
    const happen = (type: WatchEvent["type"], name: string, resourceVersion: string) => {
        const metadata = { name, uid: name, resourceVersion };
        const { watcher } = begun.at(-1)!;
        watcher.onEvent({ type, object: { apiVersion: "v1", kind: "ConfigMap", metadata } });
        watcher.onSeen?.(resourceVersion);
    };

    it("is begun once for all, and tells each of its own object alone", () => {
        const [one, other] = [follow("one", "1"), follow("other", "1")];
        assert.equal(begun.length, 1);
        happen("ADDED", "one", "2");
        happen("MODIFIED", "other", "3");
        assert.deepEqual(one.told, ["ADDED one 2", "as of 2"]);
        assert.deepEqual(other.told, ["as of 2", "MODIFIED other 3"]);
    });

    it("tells those who come later how things stand, and nothing from before what they know", () => {
        follow("other", "1");
        happen("ADDED", "one", "5");
        const early = follow("one", "5");
        const late = follow("one", "7");
        const absent = follow("absent", "6");
        assert.deepEqual(early.told, ["ADDED one 5", "as of 5"]);
        assert.deepEqual([late.told, absent.told], [[], []]);
        happen("MODIFIED", "other", "6");
        assert.deepEqual([late.told, absent.told], [[], ["as of 6"]]);
        happen("MODIFIED", "one", "8");
        assert.deepEqual(late.told, ["ADDED one 8", "as of 8"]);
    });

    it("ends with the last of its followers, and is begun again for the next", async () => {
        const [first, last] = [new AbortController(), new AbortController()];
        const ends = [follow("one", "1", first.signal).end, follow("one", "1", last.signal).end];
        first.abort();
        await ends[0];
        assert.equal(begun[0]!.signal.aborted, false);
        last.abort();
        await ends[1];
        follow("one", "1");
        assert.equal(begun[0]!.signal.aborted, true);
        assert.equal(begun.length, 2);
        happen("ADDED", "one", "2");
        follow("other", "1");
        assert.equal(begun.length, 2);
    });

    it("that fails fails for all, and is begun again for the next", async () => {
        const ends = ["one", "other"].map((name) => follow(name, "1").end);
        begun[0]!.fail(new Error("no access"));
        for (const end of ends) await assert.rejects(end, /no access/);
        follow("one", "1");
        assert.equal(begun.length, 2);
    });
});
