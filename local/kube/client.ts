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

/** A Kubernetes API server: any kind, no generated models. */
export class KubeClient {
    private readonly collections: Collections;
    private readonly shared = new SharedWatches();

    private constructor(private readonly transport: Transport) {
        this.collections = new Collections(transport);
    }

    static fromKubeconfig(yaml: string, options?: KubeconfigOptions): KubeClient {
        return new KubeClient(new Transport(readKubeconfig(yaml, options)));
    }

    /** One that nobody can be reached with, for this reason: whatever is asked of it fails. */
    static failing(error: UserError): KubeClient {
        return new KubeClient(new Transport(noAccess(error)));
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
        return this.collections.isNamespaced(apiVersion, kind);
    }

    /** The object, or undefined when there is none. */
    async get(ref: ObjectRef): Promise<KubeObject | undefined> {
        const answer = await this.transport.sendPatiently({
            method: "GET",
            path: await this.collections.pathOf(ref),
        });
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
        const path = await this.collections.path({ apiVersion, kind, namespace });
        const query = queryOf({
            fieldManager: options.fieldManager,
            ...dryRunQuery(options.dryRun),
        });
        const answer = await this.transport.send({
            method: "POST",
            path: path + query,
            body: object,
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
        const answer = await this.transport.sendPatiently({
            method: "DELETE",
            path: await this.collections.pathOf(ref),
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
        return until(follow, shown(ref), wanted, options, beside);
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
        return this.transport.send({ method: "GET", ...options, path });
    }

    /** Lets go of kept connections, so that a process can end. */
    close(): Promise<void> {
        return this.transport.close();
    }

    private async write(
        ref: ObjectRef,
        subresource: string | undefined,
        doing: string,
        request: Omit<Request, "path"> & { readonly query: Query },
    ): Promise<KubeObject> {
        const { query, ...rest } = request;
        const suffix = subresource ? `/${subresource}` : "";
        const path = (await this.collections.pathOf(ref)) + suffix + queryOf(query);
        const answer = await this.transport.sendPatiently({ ...rest, path });
        if (answer.status === 404) {
            this.collections.forget(ref.apiVersion);
        }
        return readAnswer(answer, doing);
    }
}

function shown({ kind, name, namespace }: ObjectRef): string {
    return `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
}
