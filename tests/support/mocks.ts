import * as pulumi from "@pulumi/pulumi";

/** One resource as a program registered it. */
export interface Registered {
    readonly type: string;
    readonly name: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Name of the provider it uses; empty for the default one and for components. */
    readonly provider: string;
    /** True for a resource that is only looked up. */
    readonly read: boolean;
    /** Names of what it waits for, and what must not go before it. */
    readonly dependsOn: readonly string[];
}

export interface MockOptions {
    /** As in a preview: what is to be created has no id and no UID yet. */
    readonly preview?: boolean;
    readonly project?: string;
    readonly stack?: string;
    readonly config?: Readonly<Record<string, string>>;
    /** Outputs beyond the inputs. */
    readonly outputs?: (resource: Registered) => Readonly<Record<string, unknown>>;
    /** What a provider function returns; undefined refuses the call. */
    readonly answers?: (
        token: string,
        inputs: Readonly<Record<string, unknown>>,
    ) => object | undefined;
}

export interface Registration<T> {
    readonly all: readonly Registered[];
    readonly result: T;
}

/** Both ways in which the engine runs a program. */
export const bothModes = [
    { mode: "preview", preview: true },
    { mode: "update", preview: false },
] as const;

/**
 * Runs `build` as a program and returns every resource it registered, once all are. Calls of
 * provider functions are refused, unless an answer is written down.
 */
export async function registeredBy<T>(
    build: () => T,
    options: MockOptions = {},
): Promise<Registration<T>> {
    const all: Registered[] = [];
    const { preview = false, project = "pulumi-karmada-eks", stack = "test" } = options;
    await pulumi.runtime.setMocks(
        {
            newResource: (args) => {
                const resource: Registered = {
                    type: args.type,
                    name: args.name,
                    inputs: args.inputs,
                    provider: providerName(args.provider),
                    read: args.id !== undefined && args.id !== "",
                    dependsOn: dependencies.get(`${args.type} ${args.name}`) ?? [],
                };
                all.push(resource);
                const id = resource.read || !preview ? args.id || `${args.name}-id` : undefined;
                return { id, state: { ...args.inputs, ...options.outputs?.(resource) } };
            },
            call: (args) => {
                const answer = options.answers?.(args.token, args.inputs);
                if (answer === undefined) throw new Error(`no answer for ${args.token}`);
                return { ...answer };
            },
        },
        project,
        stack,
        preview,
    );
    acceptHooks();
    const dependencies = noteDependencies();
    pulumi.runtime.setAllConfig({ ...options.config });
    return unlessRejected(async () => {
        const result = build();
        await pulumi.runtime.disconnect();
        // Node reports rejections at the end of a turn.
        await new Promise(setImmediate);
        return { all, result };
    });
}

/** The SDK's own mocks know no hooks; here they are registered, and never run. */
function acceptHooks(): void {
    const registerResourceHook = (_: unknown, done: (error: null, answer: object) => void) =>
        done(null, {});
    Object.assign(pulumi.runtime.getMonitor()!, { registerResourceHook });
}

interface Request {
    getType(): string;
    getName(): string;
    getDependenciesList(): string[];
}

/** The SDK's mocks do not tell of them. */
function noteDependencies(): ReadonlyMap<string, readonly string[]> {
    const noted = new Map<string, readonly string[]>();
    const monitor = pulumi.runtime.getMonitor() as unknown as {
        registerResource(request: Request, ...rest: unknown[]): unknown;
    };
    const { registerResource } = monitor;
    monitor.registerResource = (request, ...rest) => {
        const names = request.getDependenciesList().map((urn) => urn.split("::").at(-1)!);
        noted.set(`${request.getType()} ${request.getName()}`, names);
        return registerResource.call(monitor, request, ...rest);
    };
    return noted;
}

/** An error inside an output rejects a promise that nobody holds, and would end as a timeout. */
async function unlessRejected<T>(work: () => Promise<T>): Promise<T> {
    let reject: (reason: unknown) => void = () => undefined;
    const rejected = new Promise<never>((_, refuse) => (reject = refuse));
    process.on("unhandledRejection", reject);
    try {
        return await Promise.race([work(), rejected]);
    } finally {
        process.off("unhandledRejection", reject);
    }
}

/** Names of all resources of a type, in alphabetical order. */
export function named(all: readonly Registered[], type: string): string[] {
    return all
        .filter((each) => each.type === type)
        .map((each) => each.name)
        .sort();
}

export function one(all: readonly Registered[], name: string): Registered {
    const found = all.filter((each) => each.name === name);
    if (found.length !== 1) {
        const names = all.map((each) => each.name).join(", ");
        throw new Error(`${found.length} resources are called ${name}; there are: ${names}`);
    }
    return found[0]!;
}

/** The value of an output, and undefined while it is unknown. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T | undefined> {
    const { promise } = output as unknown as { promise(): Promise<T | undefined> };
    return promise.call(output);
}

function providerName(reference: string | undefined): string {
    return reference?.split("::")[3] ?? "";
}

/** True if a provider received the value as a secret. */
export function isSecret(value: unknown): boolean {
    return typeof value === "object" && value !== null && "value" in value && secretMark in value;
}

/** How a secret looks on the wire. */
const secretMark = "4dabf18193072939515e22adb298388d";
