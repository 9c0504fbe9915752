import type { PropertyMap } from "./values";

export * from "./values";

/** What every request about one resource carries. */
export interface ResourceRequest {
    readonly type: string;
    readonly name: string;
    /** Aborted when the user cancels the operation or the engine goes away. */
    readonly signal: AbortSignal;
    /** Shows a line beside the resource for as long as the operation lasts. */
    readonly status: (text: string) => void;
}

export interface CheckRequest extends ResourceRequest {
    /** The inputs of the last deployment; empty for a new resource. */
    readonly olds: PropertyMap;
    readonly news: PropertyMap;
    /** Seed for generated names: the same in preview and deployment. */
    readonly randomSeed: Uint8Array;
}

export interface DiffRequest extends ResourceRequest {
    readonly id: string;
    readonly oldInputs: PropertyMap;
    readonly oldOutputs: PropertyMap;
    readonly news: PropertyMap;
    readonly ignoreChanges: readonly string[];
}

/** A request that changes something. */
interface ChangeRequest extends ResourceRequest {
    /** The resource's custom timeout; undefined when the user gave none. */
    readonly timeoutSeconds?: number;
}

export interface CreateRequest extends ChangeRequest {
    readonly news: PropertyMap;
    readonly preview: boolean;
}

export interface ReadRequest extends ResourceRequest {
    readonly id: string;
    /** The last known state; empty on import. */
    readonly outputs: PropertyMap;
    readonly inputs: PropertyMap;
}

export interface UpdateRequest extends DiffRequest, ChangeRequest {
    readonly preview: boolean;
}

export interface DeleteRequest extends ChangeRequest {
    readonly id: string;
    readonly outputs: PropertyMap;
}

export interface InvokeRequest {
    readonly token: string;
    readonly args: PropertyMap;
    readonly preview: boolean;
    readonly signal: AbortSignal;
}

/** One problem of the user's input; an empty property means the resource as a whole. */
export interface CheckFailure {
    readonly property: string;
    readonly reason: string;
}

export interface CheckResult {
    /** The inputs to go on with, defaults filled in. */
    readonly inputs: PropertyMap;
    readonly failures?: readonly CheckFailure[];
}

export type DiffKind =
    "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

export interface PropertyDiff {
    readonly kind: DiffKind;
    /** True when the difference is between old and new inputs, false when between the last state and new inputs. */
    readonly inputDiff: boolean;
}

export interface DiffResult {
    readonly changes: boolean;
    /** Top-level properties whose change needs a new resource. */
    readonly replaces?: readonly string[];
    readonly deleteBeforeReplace?: boolean;
    /** Keys are property paths, e.g. `spec.template.containers[0].image` or `labels["app.kubernetes.io/name"]`. */
    readonly detailedDiff?: Readonly<Record<string, PropertyDiff>>;
}

export interface UpdateResult {
    readonly outputs: PropertyMap;
}

export interface CreateResult extends UpdateResult {
    /** Empty in a preview when it is not known yet. */
    readonly id: string;
}

export interface ReadResult extends CreateResult {
    readonly inputs: PropertyMap;
}

/**
 * A resource provider in plain values. A method that is missing is answered with "unimplemented", which the engine
 * takes as: configuration as given is fine, and a change of it replaces nothing.
 */
export interface Provider {
    checkConfig?(request: CheckRequest): Promise<CheckResult>;
    diffConfig?(request: DiffRequest): Promise<DiffResult>;
    /**
     * Given the provider resource's inputs; values that are not strings arrive JSON-encoded, as the SDKs send them. Not
     * called while some are unknown: the engine then previews without the provider.
     */
    configure?(args: PropertyMap): Promise<void>;
    check(request: CheckRequest): Promise<CheckResult>;
    diff(request: DiffRequest): Promise<DiffResult>;
    create(request: CreateRequest): Promise<CreateResult>;
    /** Undefined: the resource is gone. */
    read(request: ReadRequest): Promise<ReadResult | undefined>;
    update?(request: UpdateRequest): Promise<UpdateResult>;
    delete(request: DeleteRequest): Promise<void>;
    invoke?(request: InvokeRequest): Promise<PropertyMap>;
}

/** A failure the user can understand and act on; its message alone is shown, without a stack. */
export class ProviderError extends Error {
    override readonly name: string = "ProviderError";
}

export function failureText({ property, reason }: CheckFailure): string {
    return property === "" ? reason : `${property}: ${reason}`;
}

/** For the methods after `check`: the engine has asked before, another caller may not have. */
export function refuse(failures: readonly CheckFailure[]): void {
    if (failures.length > 0) {
        throw new ProviderError(failures.map(failureText).join("\n"));
    }
}

/** For what is read from the state, where the user's program cannot mend it. */
export function refuseDamaged(failures: readonly CheckFailure[]): void {
    if (failures.length > 0) {
        throw new ProviderError(
            `The state of this resource is damaged: ${failures.map(failureText).join("; ")}. Correct ` +
                `it with "pulumi state edit", or forget the resource with "pulumi state delete"`,
        );
    }
}

/**
 * The resource exists but did not become what it should be. The engine keeps it in its state with these outputs and
 * tries again to update it, instead of forgetting that it was made.
 */
export class InitializationFailed extends ProviderError {
    override readonly name = "InitializationFailed";

    constructor(
        readonly id: string,
        readonly outputs: PropertyMap,
        readonly reasons: readonly string[],
        /** Only of use when thrown by `read`. */
        readonly inputs?: PropertyMap,
    ) {
        super(reasons.join("\n"));
    }
}
