/** Names one object of any kind. Without a namespace, a namespaced kind takes the context's. */
export interface ObjectRef {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
}

/** Names all objects of a kind. Without a namespace, of all namespaces. */
export interface Collection {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace?: string;
    readonly labelSelector?: string;
}

export interface ObjectMeta {
    name?: string;
    generateName?: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    finalizers?: string[];
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string }[];
    managedFields?: { manager?: string; operation?: string; [key: string]: unknown }[];
    [key: string]: unknown;
}

export interface KubeObject {
    apiVersion: string;
    kind: string;
    metadata: ObjectMeta;
    [key: string]: unknown;
}

export type PatchType = "json" | "merge" | "strategic";

export interface StatusCause {
    readonly reason?: string;
    readonly message?: string;
    readonly field?: string;
}

export interface StatusDetails {
    readonly causes?: readonly StatusCause[];
    readonly retryAfterSeconds?: number;
    readonly [key: string]: unknown;
}

/** The API server answered with an error: its Status, as an exception. */
export class KubeError extends Error {
    override readonly name = "KubeError";

    constructor(
        message: string,
        readonly status: number,
        readonly reason?: string,
        readonly details?: StatusDetails,
    ) {
        super(message);
    }
}

/** The API server does not serve this kind: its CustomResourceDefinition or APIService is missing. */
export class KindNotServedError extends Error {
    override readonly name = "KindNotServedError";

    constructor(
        readonly apiVersion: string,
        readonly kind: string,
        server: string,
    ) {
        super(
            `${server} does not serve kind ${kind} of ${apiVersion}; ` +
                `create its CustomResourceDefinition or APIService first`,
        );
    }
}

export function refOf(object: KubeObject): ObjectRef {
    const { name, namespace } = object.metadata;
    if (!name) {
        throw new TypeError(`an object of kind ${object.kind} has no metadata.name: give it one`);
    }
    return { apiVersion: object.apiVersion, kind: object.kind, name, namespace };
}
