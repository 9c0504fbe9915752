import * as assert from "node:assert/strict";
import * as https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { readKubeconfig } from "../../../local/kube";
import { eventually } from "../../support/eventually";
import { ApiCaller } from "./apiCaller";
import { type Noticed, Tally } from "./tally";

const everyMs = 200;
const loadNamespace = "load";
/** Encrypted at rest, so that the keys for that are on the way of every call too. */
const collection = `/api/v1/namespaces/${loadNamespace}/secrets`;

export interface LoadReport {
    readonly writes: Noticed;
    readonly webhook: Noticed;
    readonly aggregatedApi: Noticed;
    /** Acknowledged writes that are not there, or were not when they were read meanwhile. */
    readonly lost: readonly string[];
}

type ByOthers = Exclude<keyof LoadReport, "writes" | "lost">;

interface Request {
    readonly method: string;
    readonly path: string;
    readonly body?: object;
    readonly isGood: (status: number) => boolean;
}

/** Calls that an API server answers only with the help of another part of Karmada. */
const helped: Readonly<Record<ByOthers, Request>> = {
    webhook: {
        method: "POST",
        path: `/apis/policy.karmada.io/v1alpha1/namespaces/${loadNamespace}/propagationpolicies?dryRun=All`,
        body: {
            apiVersion: "policy.karmada.io/v1alpha1",
            kind: "PropagationPolicy",
            metadata: { name: "never-stored" },
            spec: { resourceSelectors: [{ apiVersion: "v1", kind: "ConfigMap" }], placement: {} },
        },
        isGood: (status) => status === 201,
    },
    aggregatedApi: {
        method: "GET",
        path: "/apis/cluster.karmada.io/v1alpha1/clusters",
        isGood: (status) => status === 200,
    },
};

const kinds = Object.keys(helped) as ByOthers[];

/**
 * Two clients that write and read all the time, one of which keeps its connection while one makes a
 * new one for each call, and one each for what goes through the webhook and the aggregated API.
 * Whatever was acknowledged is looked for at the end.
 */
export class Load {
    private running = true;
    private readonly tallies: Readonly<Record<ByOthers | "writes", Tally>> = {
        writes: new Tally(),
        webhook: new Tally(),
        aggregatedApi: new Tally(),
    };
    private readonly acknowledged = new Map<string, string>();
    private readonly lost: string[] = [];
    /** How often each client has succeeded. */
    private readonly succeeded = new Map<string, number>();
    private readonly clients: readonly Promise<void>[];

    private constructor(
        private readonly kept: ApiCaller,
        private readonly callers: readonly ApiCaller[],
    ) {
        const run = Date.now();
        const [fresh, ...others] = callers as [ApiCaller, ...ApiCaller[]];
        this.clients = [
            this.write(`kept-${run}`, kept),
            this.write(`fresh-${run}`, fresh),
            ...kinds.map((kind, at) => this.ask(kind, others[at]!)),
        ];
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
        return new Load(kept, [caller(false), ...kinds.map(() => caller(true))]);
    }

    /** Waits until each client has succeeded once more. */
    async untilAllSucceed(): Promise<void> {
        const before = new Map(this.succeeded);
        await eventually(
            "every client succeeds",
            async () =>
                this.succeeded.size === this.clients.length &&
                [...this.succeeded].every(([client, count]) => count !== before.get(client)),
        );
    }

    /** Ends it, and its connections. */
    async close(): Promise<void> {
        await this.stop();
        for (const caller of [this.kept, ...this.callers]) caller.close();
    }

    /** Ends it, and tells what came of it. */
    async report(): Promise<LoadReport> {
        await this.stop();
        const { status, body } = await this.kept.call("GET", collection);
        assert.equal(status, 200, body);
        const { items } = JSON.parse(body) as {
            items: { metadata: { name: string }; data: { value: string } }[];
        };
        const stored = new Map(items.map(({ metadata, data }) => [metadata.name, data.value]));
        for (const [name, value] of this.acknowledged) {
            if (stored.get(name) !== value) this.lost.push(name);
        }
        const { writes, webhook, aggregatedApi } = this.tallies;
        return {
            writes: writes.noticed(),
            webhook: webhook.noticed(),
            aggregatedApi: aggregatedApi.noticed(),
            lost: this.lost,
        };
    }

    /** Once what each has last begun is over. */
    private async stop(): Promise<void> {
        this.running = false;
        await Promise.all(this.clients);
    }

    private async write(client: string, caller: ApiCaller): Promise<void> {
        const tally = this.tallies.writes;
        const success = tally.successes();
        for (let number = 0; this.running; number++) {
            const name = `${client}-${number}`;
            const value = Buffer.from(`value-of-${name}`).toString("base64");
            const body = { metadata: { name }, data: { value } };
            // There already: the first of two calls was stored after all.
            const isStored = (status: number) => status === 201 || status === 409;
            if (await tally.twice(() => caller.call("POST", collection, body), isStored)) {
                this.acknowledged.set(name, value);
                success();
                this.succeeded.set(client, number);
                await this.read(name, caller);
            }
            await sleep(everyMs);
        }
    }

    private async read(name: string, caller: ApiCaller): Promise<void> {
        const isAnswered = (status: number) => status === 200 || status === 404;
        const answer = await this.tallies.writes.twice(
            () => caller.call("GET", `${collection}/${name}`),
            isAnswered,
        );
        if (answer?.status === 404) this.lost.push(`${name}, when it was read`);
    }

    private async ask(kind: ByOthers, caller: ApiCaller): Promise<void> {
        const { method, path, body, isGood } = helped[kind];
        const tally = this.tallies[kind];
        const success = tally.successes();
        for (let number = 0; this.running; number++) {
            if (await tally.twice(() => caller.call(method, path, body), isGood)) {
                success();
                this.succeeded.set(kind, number);
            }
            await sleep(everyMs);
        }
    }
}
