import * as assert from "node:assert/strict";
import * as https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { readKubeconfig } from "../../../local/kube";
import { eventually } from "../../support/eventually";
import { type Answer, ApiCaller } from "./apiCaller";

const everyMs = 200;
/** As a patient client would: what has just ended is no longer called then. */
const retryAfterMs = 1_000;
const loadNamespace = "load";
/** Encrypted at rest, so that the keys for that are on the way of every call too. */
const collection = `/api/v1/namespaces/${loadNamespace}/secrets`;

export interface LoadReport {
    readonly calls: number;
    /** Not answered, or with an error. */
    readonly failed: number;
    /** Failed, and so did the same call a second later. */
    readonly failedTwice: number;
    readonly longestStallSeconds: number;
    /** Acknowledged writes that are not there, or were not when they were read meanwhile. */
    readonly lost: readonly string[];
}

/**
 * Two clients that write and read all the time: one keeps its connection, one makes a new one for
 * each call. Whatever was acknowledged is looked for at the end.
 */
export class Load {
    private running = true;
    private calls = 0;
    private failed = 0;
    private failedTwice = 0;
    private longestStallMs = 0;
    private readonly acknowledged = new Map<string, string>();
    private readonly lost: string[] = [];
    private readonly names: readonly string[];
    /** How many of each client. */
    private readonly written = new Map<string, number>();
    private readonly clients: Promise<void>[];

    private constructor(
        private readonly kept: ApiCaller,
        fresh: ApiCaller,
    ) {
        const run = Date.now();
        this.names = [`kept-${run}`, `fresh-${run}`];
        this.clients = [kept, fresh].map((caller, at) => this.work(this.names[at]!, caller));
    }

    static async begin(kubeconfig: string): Promise<Load> {
        const access = readKubeconfig(kubeconfig);
        const tls = await access.tls();
        const caller = (keepAlive: boolean) =>
            new ApiCaller(access.server, new https.Agent({ ...tls, keepAlive, maxSockets: 1 }));
        const kept = caller(true);
        const body = { metadata: { name: loadNamespace } };
        const { status } = await kept.call("POST", "/api/v1/namespaces", body);
        assert.ok(status === 201 || status === 409, `namespace of the load: ${status}`);
        return new Load(kept, caller(false));
    }

    /** Waits until each client has written once more. */
    async untilAllWrite(): Promise<void> {
        const before = new Map(this.written);
        await eventually("every client writes", async () =>
            this.names.every((client) => this.written.get(client) !== before.get(client)),
        );
    }

    /** Ends it, once what it has last begun is over. */
    async stop(): Promise<void> {
        this.running = false;
        await Promise.all(this.clients);
    }

    async report(): Promise<LoadReport> {
        const { status, body } = await this.kept.call("GET", collection);
        assert.equal(status, 200, body);
        const { items } = JSON.parse(body) as {
            items: { metadata: { name: string }; data: { value: string } }[];
        };
        const stored = new Map(items.map(({ metadata, data }) => [metadata.name, data.value]));
        for (const [name, value] of this.acknowledged) {
            if (stored.get(name) !== value) this.lost.push(name);
        }
        this.kept.close();
        const { calls, failed, failedTwice, lost } = this;
        return { calls, failed, failedTwice, lost, longestStallSeconds: this.longestStallMs / 1e3 };
    }

    private async work(client: string, caller: ApiCaller): Promise<void> {
        let lastWrite = Date.now();
        for (let number = 0; this.running; number++) {
            const name = `${client}-${number}`;
            const value = Buffer.from(`value-of-${name}`).toString("base64");
            const body = { metadata: { name }, data: { value } };
            // There already: the first of two calls was stored after all.
            const isStored = (status: number) => status === 201 || status === 409;
            if (await this.twice(() => caller.call("POST", collection, body), isStored)) {
                this.acknowledged.set(name, value);
                this.longestStallMs = Math.max(this.longestStallMs, Date.now() - lastWrite);
                lastWrite = Date.now();
                this.written.set(client, number);
                await this.read(name, caller);
            }
            await sleep(everyMs);
        }
    }

    private async read(name: string, caller: ApiCaller): Promise<void> {
        const isAnswered = (status: number) => status === 200 || status === 404;
        const answer = await this.twice(
            () => caller.call("GET", `${collection}/${name}`),
            isAnswered,
        );
        if (answer?.status === 404) this.lost.push(`${name}, when it was read`);
    }

    /** The answer of the first call that is as it should be, of two. */
    private async twice(
        call: () => Promise<Answer>,
        isGood: (status: number) => boolean,
    ): Promise<Answer | undefined> {
        this.calls++;
        for (const isLast of [false, true]) {
            const answer = await call().catch(() => undefined);
            if (answer && isGood(answer.status)) return answer;
            if (isLast) {
                this.failedTwice++;
            } else {
                this.failed++;
                await sleep(retryAfterMs);
            }
        }
        return undefined;
    }
}
