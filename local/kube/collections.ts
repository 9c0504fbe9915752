import { Discovery, groupVersionPath } from "./discovery";
import { queryOf } from "./query";
import { readAnswer } from "./status";
import { Transport } from "./transport";
import { Collection, KubeObject, ObjectRef } from "./types";
import { watch, Watcher, watchSeconds } from "./watch";

export interface Page {
    readonly items: KubeObject[];
    readonly resourceVersion: string;
}

/** Where the objects of each kind lie, and what is there: as a list, and followed as it changes. */
export class Collections {
    private readonly discovery: Discovery;

    constructor(private readonly transport: Transport) {
        this.discovery = new Discovery(transport.server, (path) =>
            transport.sendPatiently({ method: "GET", path }),
        );
    }

    async isNamespaced(apiVersion: string, kind: string, signal?: AbortSignal): Promise<boolean> {
        return (await this.discovery.find(apiVersion, kind, signal)).namespaced;
    }

    /** What is known of these kinds: their definitions may be gone, or have come back differently. */
    forget(apiVersion: string): void {
        this.discovery.forget(apiVersion);
    }

    async path(target: Collection, signal?: AbortSignal): Promise<string> {
        const { apiVersion, kind, namespace } = target;
        const { plural, namespaced } = await this.discovery.find(apiVersion, kind, signal);
        const within = namespaced && namespace ? `/namespaces/${namespace}` : "";
        return `${groupVersionPath(apiVersion)}${within}/${plural}`;
    }

    async pathOf(ref: ObjectRef, signal?: AbortSignal): Promise<string> {
        return `${await this.path(this.around(ref), signal)}/${encodeURIComponent(ref.name)}`;
    }

    async list(target: Collection, fieldSelector?: string, signal?: AbortSignal): Promise<Page> {
        const { apiVersion, kind, labelSelector } = target;
        const path = (await this.path(target, signal)) + queryOf({ labelSelector, fieldSelector });
        const answer = await this.transport.sendPatiently({ method: "GET", path, signal });
        const page = readAnswer<{ items: KubeObject[]; metadata: { resourceVersion: string } }>(
            answer,
            `cannot list ${kind}`,
        );
        // Objects in a list come without the two fields that the list itself has.
        const items = page.items.map((item) => ({ ...item, apiVersion, kind }));
        return { items, resourceVersion: page.metadata.resourceVersion };
    }

    /** Tells of every object that is there, then of every change, until the signal says stop. */
    async follow(
        target: ObjectRef | Collection,
        watcher: Watcher,
        signal: AbortSignal,
    ): Promise<void> {
        const collection = "name" in target ? this.around(target) : target;
        const fieldSelector = "name" in target ? `metadata.name=${target.name}` : undefined;
        const path = await this.path(collection, signal);
        const query = {
            watch: true,
            allowWatchBookmarks: true,
            timeoutSeconds: watchSeconds,
            labelSelector: collection.labelSelector,
            fieldSelector,
        };
        const source = {
            list: () => this.list(collection, fieldSelector, signal),
            stream: (resourceVersion: string) =>
                this.transport.stream({
                    method: "GET",
                    path: path + queryOf({ ...query, resourceVersion }),
                    signal,
                }),
        };
        await watch(source, watcher, signal);
    }

    /** The collection that this object is in. */
    private around(ref: ObjectRef): Collection {
        const { apiVersion, kind, namespace = this.transport.namespace } = ref;
        return { apiVersion, kind, namespace };
    }
}
