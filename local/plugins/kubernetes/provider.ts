import {
    CheckRequest,
    CheckResult,
    CreateRequest,
    CreateResult,
    DeleteRequest,
    DiffRequest,
    DiffResult,
    InitializationFailed,
    PropertyMap,
    Provider,
    ProviderError,
    ReadRequest,
    ReadResult,
    refuse,
    refuseDamaged,
    ResourceRequest,
    UpdateRequest,
    UpdateResult,
} from "../protocol/provider";
import { KubeObject, refOf } from "../../kube";
import {
    alreadyThere,
    applied,
    fieldManagerFor,
    isAnothers,
    made,
    patiently,
    placed,
    withIgnored,
} from "./apply";
import { troublesOf } from "./await/troubles";
import { unreadiness } from "./await/wait";
import { check } from "./check";
import { checkConfiguration, Configuration, configure, diffConfiguration } from "./configuration";
import { explain, forgiving, redact } from "./failures";
import { managerOfPatch } from "./patched";
import { previewed, previewedOr } from "./preview";
import { planChanges } from "./plan";
import { problemsOf } from "./problems";
import { letGo, removeObject } from "./remove";
import { kept, settled, waitOf } from "./settle";
import {
    idOf,
    isPatch,
    kindOfType,
    parseId,
    shown,
    toImportedInputs,
    toInputs,
    toObject,
    toOutputs,
} from "./objects";

/** Any object of a Kubernetes API as a resource: what it should be is applied by the server itself. */
export class KubernetesProvider implements Provider {
    private configuration: Configuration | undefined;

    async checkConfig({ news }: CheckRequest): Promise<CheckResult> {
        return { inputs: news, failures: checkConfiguration(news) };
    }

    async diffConfig({ oldInputs, news }: DiffRequest): Promise<DiffResult> {
        return diffConfiguration(oldInputs, news);
    }

    configure(args: PropertyMap): Promise<void> {
        return told([args], async () => {
            this.configuration = configure(args);
        });
    }

    check(request: CheckRequest): Promise<CheckResult> {
        return this.serving(request, [request.news], (configuration) =>
            check(request, configuration),
        );
    }

    diff(request: DiffRequest): Promise<DiffResult> {
        const { oldInputs, oldOutputs, news, signal } = request;
        return this.serving(request, [oldInputs, oldOutputs, news], async (configuration) => {
            refuse(problemsOf(news, request.type));
            const plan = await planChanges(request, configuration);
            // It goes without the answers that do not come.
            signal.throwIfAborted();
            return plan;
        });
    }

    create(request: CreateRequest): Promise<CreateResult> {
        const { news, preview, signal, type } = request;
        return this.serving(request, [news], async (configuration) => {
            refuse(problemsOf(news, type));
            const { client, upsert } = configuration;
            const patch = isPatch(type, news);
            if (preview && patch) {
                // The fields' managers are asked only when it is made: it may itself come to be in between.
                return { id: "", outputs: news };
            }
            if (preview) {
                return previewedOr({ id: "", outputs: previewed(news) }, news, async () => {
                    const object = await placed(configuration, toObject(news));
                    const manager = fieldManagerFor(object, undefined);
                    const options = { force: true, dryRun: true };
                    const live = await applied(configuration, object, manager, options);
                    return { id: "", outputs: previewed(toOutputs(live, news, manager)) };
                });
            }
            const object = await patiently(() => placed(configuration, toObject(news)), signal);
            const former = patch
                ? undefined
                : await patiently(() => client.get(refOf(object)), signal);
            if (former && !upsert) {
                throw alreadyThere(object);
            }
            const manager = fieldManagerFor(object, undefined, former);
            const options = waitOf(object, request, news);
            const live = await kept(made(configuration, object, manager, options), manager, news);
            const outputs = await settled(configuration, live, manager, request);
            return { id: idOf(live), outputs };
        });
    }

    update(request: UpdateRequest): Promise<UpdateResult> {
        const { type, news, oldOutputs, preview, ignoreChanges } = request;
        return this.serving(request, [news, oldOutputs], async (configuration) => {
            refuse(problemsOf(news, type));
            const { metadata } = toObject(oldOutputs) as Partial<KubeObject>;
            const formerManager = oldOutputs.__fieldManager;
            const apply = async () => {
                const object = await placed(configuration, toObject(news));
                const live = await configuration.client.get(refOf(object));
                // What was cut off while it was made is in the state, but has been seen by nobody.
                if (!live && metadata?.uid) {
                    throw new Error(
                        `${shown(object)} is not there any more: run "pulumi refresh" to let Pulumi see that, then update`,
                    );
                }
                const takes = configuration.upsert || isPatch(type, news);
                if (live && !takes && isAnothers(live, oldOutputs)) {
                    throw alreadyThere(object);
                }
                const manager = fieldManagerFor(object, formerManager, live);
                const wanted = live ? withIgnored(object, live, ignoreChanges) : object;
                const orphaned = live && (live.metadata.managedFields ?? []).length === 0;
                const options = { dryRun: preview, force: orphaned };
                return { manager, live: await applied(configuration, wanted, manager, options) };
            };
            if (preview) {
                return previewedOr({ outputs: news }, news, async () => {
                    const { live, manager } = await apply();
                    return { outputs: toOutputs(live, news, manager) };
                });
            }
            const { live, manager } = await apply();
            if (formerManager !== manager) {
                await letGo(configuration, live, formerManager);
            }
            return { outputs: await settled(configuration, live, manager, request) };
        });
    }

    read(request: ReadRequest): Promise<ReadResult | undefined> {
        const { id, type, inputs, outputs } = request;
        return this.serving(request, [inputs, outputs], async (configuration) => {
            const { client, deleteUnreachable } = configuration;
            const typed = kindOfType(type);
            const { name, namespace = configuration.namespace } = parseId(id);
            const ref = {
                apiVersion: String(outputs.apiVersion ?? inputs.apiVersion ?? typed.apiVersion),
                kind: String(outputs.kind ?? inputs.kind ?? typed.kind),
                name,
                namespace,
            };
            const live = await forgiving(deleteUnreachable, () => client.get(ref));
            if (!live || isAnothers(live, outputs)) {
                return undefined;
            }
            const known = Object.keys(inputs).length > 0;
            const cutOff = known && isPatch(type, inputs) && !outputs.__fieldManager;
            const manager = cutOff
                ? await managerOfPatch(configuration, live, inputs)
                : fieldManagerFor(live, outputs.__fieldManager);
            if (!manager) {
                return undefined;
            }
            const liveInputs = known ? toInputs(live, inputs) : toImportedInputs(live);
            const state = toOutputs(live, liveInputs, manager);
            const unready = known ? await unreadiness(client, live) : undefined;
            if (unready) {
                const words = [`${shown(live)}: ${unready}`, ...(await troublesOf(client, live))];
                const reasons = words.map((each) => redact(each, inputs, outputs));
                throw new InitializationFailed(id, state, reasons, liveInputs);
            }
            return { id, outputs: state, inputs: liveInputs };
        });
    }

    delete(request: DeleteRequest): Promise<void> {
        const { id, type, outputs } = request;
        return this.serving(request, [outputs], async (configuration) => {
            refuseDamaged(problemsOf(outputs, type));
            const { metadata, ...rest } = toObject(outputs);
            const object = { ...rest, metadata: { ...metadata, ...parseId(id) } } as KubeObject;
            return isPatch(type, object)
                ? letGo(configuration, object, outputs.__fieldManager)
                : removeObject(configuration, object, outputs, waitOf(object, request, outputs));
        });
    }

    /** Whatever the request asks of the API server ends with it. */
    private serving<T>(
        { signal }: ResourceRequest,
        holders: readonly PropertyMap[],
        work: (configuration: Configuration) => Promise<T>,
    ): Promise<T> {
        return told(holders, async () => {
            if (!this.configuration) {
                throw new Error("the provider is not configured");
            }
            const { client } = this.configuration;
            return work({ ...this.configuration, client: client.cancelledBy(signal) });
        });
    }
}

/** Tells what went wrong as a plain sentence in which no secret of the resource appears. */
async function told<T>(holders: readonly PropertyMap[], work: () => Promise<T>): Promise<T> {
    return work().catch((error: unknown) => {
        if (error instanceof ProviderError) throw error;
        throw new ProviderError(redact(explain(error), ...holders));
    });
}
