import { setMaxListeners } from "node:events";
import { UserError } from "../support/errors";
import { Collections } from "./collections";
import { KubeconfigOptions, noAccess, readKubeconfig } from "./kubeconfig";
import { dryRunQuery, patchTypes, Query, queryOf } from "./query";
import { SharedWatches } from "./sharedWatch";
import { readAnswer } from "./status";
import { Answer, Request, Transport } from "./transport";
import { Collection, KubeObject, ObjectRef, PatchType, refOf } from "./types";
import { until, UntilOptions } from "./until";
import { Watcher, WatchEvent } from "./watch";

export interface ApplyOptions {
    readonly fieldManager: string;
    /** Take over fields that another manager has set. */
    readonly force?: boolean;
    readonly dryRun?: boolean;
    readonly subresource?: string;
}

export interface WriteOptions {
    readonly fieldManager?: string;
    readonly dryRun?: boolean;
    readonly subresource?: string;
}

export interface RemoveOptions {
    readonly propagationPolicy?: "Foreground" | "Background" | "Orphan";
    readonly gracePeriodSeconds?: number;
    /** Remove only this very object, not a later one of the same name. */
    readonly uid?: string;
}

type AboutObject = Omit<Request, "path" | "signal">;

/** A Kubernetes API server: any kind, no generated models. */
export class KubeClient {
    private constructor(
        private readonly transport: Transport,
        private readonly collections = new Collections(transport),
        private readonly shared = new SharedWatches(),
        private readonly signal?: AbortSignal,
    ) {}

    static fromKubeconfig(yaml: string, options?: KubeconfigOptions): KubeClient {
        return new KubeClient(new Transport(readKubeconfig(yaml, options)));
    }

    /** One that nobody can be reached with, for this reason: whatever is asked of it fails. */
    static failing(error: UserError): KubeClient {
        return new KubeClient(new Transport(noAccess(error)));
    }

    /** The same, whose requests and waits end when the signal says so; what is known and watched is known to both. */
    cancelledBy(signal: AbortSignal): KubeClient {
        // However many requests and waits listen, none of them stays: it is no leak that Node has to warn of.
        setMaxListeners(0, signal);
        return new KubeClient(this.transport, this.collections, this.shared, signal);
    }

    /** URL of the API server. */
    get server(): string {
        return this.transport.server;
    }

    /** Namespace of the context. */
    get namespace(): string {
        return this.transport.namespace;
    }

    isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
        return this.collections.isNamespaced(apiVersion, kind, this.signal);
    }

    /** The object, or undefined when there is none. */
    async get(ref: ObjectRef): Promise<KubeObject | undefined> {
        const answer = await this.ask(ref, { method: "GET" });
        return answer.status === 404 ? undefined : readAnswer(answer, `cannot get ${shown(ref)}`);
    }

    async list(
        apiVersion: string,
        kind: string,
        options: {
            readonly namespace?: string;
            readonly labelSelector?: string;
            readonly fieldSelector?: string;
        } = {},
    ): Promise<KubeObject[]> {
        const { fieldSelector, ...within } = options;
        const { items } = await this.collections.list(
            { apiVersion, kind, ...within },
            fieldSelector,
            this.signal,
        );
        return items;
    }

    /** Server-side apply: creates the object, or makes the given fields so. */
    apply(object: KubeObject, options: ApplyOptions): Promise<KubeObject> {
        const { fieldManager, force, dryRun, subresource } = options;
        return this.write(refOf(object), subresource, `cannot apply ${shown(refOf(object))}`, {
            method: "PATCH",
            contentType: "application/apply-patch+yaml",
            body: object,
            query: { fieldManager, force, ...dryRunQuery(dryRun) },
        });
    }

    async create(object: KubeObject, options: WriteOptions = {}): Promise<KubeObject> {
        const { apiVersion, kind, metadata } = object;
        const namespace = metadata.namespace ?? this.namespace;
        const path = await this.collections.path({ apiVersion, kind, namespace }, this.signal);
        const query = queryOf({
            fieldManager: options.fieldManager,
            ...dryRunQuery(options.dryRun),
        });
        const answer = await this.transport.send({
            method: "POST",
            path: path + query,
            body: object,
            signal: this.signal,
        });
        return readAnswer(
            answer,
            `cannot create ${kind} ${metadata.name ?? metadata.generateName}`,
        );
    }

    patch(
        ref: ObjectRef,
        patch: unknown,
        type: PatchType,
        options: WriteOptions = {},
    ): Promise<KubeObject> {
        const { fieldManager, dryRun, subresource } = options;
        return this.write(ref, subresource, `cannot patch ${shown(ref)}`, {
            method: "PATCH",
            contentType: patchTypes[type],
            body: patch,
            query: { fieldManager, ...dryRunQuery(dryRun) },
        });
    }

    /** Asks for removal; an object with finalizers is still there afterwards. Gone is no error. */
    async remove(ref: ObjectRef, options: RemoveOptions = {}): Promise<void> {
        const { uid, ...rest } = options;
        const answer = await this.ask(ref, {
            method: "DELETE",
            body: { ...rest, ...(uid ? { preconditions: { uid } } : {}) },
        });
        if (answer.status !== 404) {
            readAnswer(answer, `cannot delete ${shown(ref)}`);
        }
    }

    /**
     * Tells of every object that is there, then of every change, until the signal says stop; goes on
     * by itself after a lost connection. Rejects when the first answer is an error.
     */
    watch(
        target: ObjectRef | Collection,
        onEvent: (event: WatchEvent) => void,
        signal: AbortSignal,
    ): Promise<void> {
        return this.collections.follow(target, { onEvent }, signal);
    }

    /** Waits until `wanted` gives something of the object; it gets undefined while there is none. */
    until<T>(
        ref: ObjectRef,
        wanted: (
            object: KubeObject | undefined,
            beside: readonly KubeObject[] | undefined,
        ) => T | undefined | false,
        options: UntilOptions = {},
    ): Promise<T> {
        const following =
            (target: ObjectRef | Collection) => (watcher: Watcher, signal: AbortSignal) =>
                this.collections.follow(target, watcher, signal);
        const beside = (options.beside ?? []).map(following);
        const { since = "" } = options;
        // Of what an aggregated API may have instead of numbers, none is before another.
        const follow = /^\d+$/.test(since) ? this.sharing(ref, since) : following(ref);
        return until(follow, shown(ref), wanted, { signal: this.signal, ...options }, beside);
    }

    /** With one connection for all objects of a kind and namespace that are waited for at the same time. */
    private sharing({ name, ...ref }: ObjectRef, since: string) {
        const collection = { ...ref, namespace: ref.namespace ?? this.namespace };
        const key = [ref.apiVersion, ref.kind, collection.namespace].join(" ");
        return (watcher: Watcher, signal: AbortSignal) =>
            this.shared.follow(
                key,
                (all, over) => this.collections.follow(collection, all, over),
                { name, since },
                watcher,
                signal,
            );
    }

    /** Any path, such as /readyz or /version: sent once, and no status is an error. */
    raw(path: string, options: Partial<Omit<Request, "path">> = {}): Promise<Answer> {
        return this.transport.send({ method: "GET", signal: this.signal, ...options, path });
    }

    /** Lets go of kept connections, so that a process can end. */
    close(): Promise<void> {
        return this.transport.close();
    }

    private async write(
        ref: ObjectRef,
        subresource: string | undefined,
        doing: string,
        request: AboutObject & { readonly query: Query },
    ): Promise<KubeObject> {
        const { query, ...rest } = request;
        const suffix = subresource ? `/${subresource}` : "";
        const answer = await this.ask(ref, rest, suffix + queryOf(query));
        if (answer.status === 404) {
            this.collections.forget(ref.apiVersion);
        }
        return readAnswer(answer, doing);
    }

    private async ask(ref: ObjectRef, request: AboutObject, suffix = ""): Promise<Answer> {
        const { signal } = this;
        const path = (await this.collections.pathOf(ref, signal)) + suffix;
        return this.transport.sendPatiently({ ...request, path, signal });
    }
}

function shown({ kind, name, namespace }: ObjectRef): string {
    return `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
}
