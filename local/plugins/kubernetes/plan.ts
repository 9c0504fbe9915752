import { isDeepStrictEqual } from "node:util";
import { KubeClient, KubeObject, refOf } from "../../kube";
import { changesBetween, planOf } from "../protocol/changes";
import { pathText, type Path } from "../protocol/paths";
import {
    containsUnknowns,
    DiffRequest,
    DiffResult,
    isPropertyMap,
    PropertyMap,
} from "../protocol/provider";
import { annotation, annotations } from "./annotations";
import { fieldManagerFor, placed } from "./apply";
import { job } from "./await/workloads";
import { Configuration } from "./configuration";
import {
    faultsInBoth,
    identityOfPatch,
    identityPaths,
    immutablePaths,
    replaces,
} from "./immutable";
import { comparable, isPatch, toObject, without } from "./objects";

/** Compares what was asked for with what is; whether a change can be made in place the API server is asked. */
export async function planChanges(
    request: DiffRequest,
    configuration: Configuration,
): Promise<DiffResult> {
    const { oldInputs, oldOutputs, news } = request;
    const stored = isPropertyMap(oldOutputs.__inputs) ? oldOutputs.__inputs : {};
    const before = comparable(Object.keys(oldInputs).length > 0 ? oldInputs : stored);
    const after = comparable(news);
    const there = placeOf(comparable(oldOutputs), configuration.namespace);
    const wanted = placeOf(after, there.namespace);
    const moves = there.namespace !== wanted.namespace;
    const changes = changesBetween(before, after).filter(
        ({ path }) => moves || path.join() !== "metadata,namespace",
    );
    const patch = isPatch(request.type, news);
    const stuck = patch ? [] : await stuckJob(request, configuration);
    if (changes.length === 0 && stuck.length === 0) {
        return { changes: false };
    }
    let fixed = patch ? identityOfPatch : identityPaths(after, configuration);
    if (stuck.length === 0 && !changes.some((change) => replaces(change, fixed))) {
        const refused = await refusedInPlace(request, configuration);
        if (!refused) {
            return { changes: false };
        }
        fixed = patch ? [] : refused;
    }
    const plan = planOf(changes, (change) => replaces(change, fixed));
    const replacing = [...plan.replaces, ...stuck];
    const staysInPlace = there.name === wanted.name && !moves;
    return {
        ...plan,
        changes: true,
        replaces: replacing,
        deleteBeforeReplace: replacing.length > 0 && staysInPlace && !wanted.isAutonamed,
    };
}

/** What asks for a Job to be made anew that has not completed, if it has not: another try cannot be had in place. */
async function stuckJob({ news }: DiffRequest, configuration: Configuration): Promise<string[]> {
    if (news.kind !== "Job" || containsUnknowns(news)) return [];
    const wanted = toObject(news);
    if (annotation(wanted, "replaceUnready") !== "true") return [];
    // Whatever keeps it from being read, the update will say.
    const live = await placed(configuration, wanted)
        .then((object) => configuration.client.get(refOf(object)))
        .catch(() => undefined);
    return live === undefined || job(live).state === "ready"
        ? []
        : [pathText(["metadata", "annotations", annotations.replaceUnready])];
}

/** The namespace may be left out, or given to a kind that has none: what the live object has then counts. */
function placeOf({ metadata }: PropertyMap, defaultNamespace: string) {
    const { name, namespace, annotations: given } = isPropertyMap(metadata) ? metadata : {};
    return {
        name,
        namespace: String(namespace || defaultNamespace),
        isAutonamed: isPropertyMap(given) && given[annotations.autonamed] === "true",
    };
}

/** The fields that cannot be changed in place; undefined when nothing would change. */
async function refusedInPlace(
    { oldOutputs, news }: DiffRequest,
    configuration: Configuration,
): Promise<readonly Path[] | undefined> {
    if (containsUnknowns(news)) {
        return [];
    }
    const { client } = configuration;
    const object = toObject(news);
    try {
        const wanted = await placed(configuration, object);
        const live = await client.get(refOf(wanted));
        const fieldManager = fieldManagerFor(wanted, oldOutputs.__fieldManager);
        return (await wouldChange(client, live, wanted, fieldManager)) ? [] : undefined;
    } catch (error) {
        // Any other refusal comes again with the update itself, which tells it to the user.
        const refused = immutablePaths(error);
        if (refused.length > 0) {
            await refuseFaulty(error, object, configuration);
        }
        return refused;
    }
}

/** Whether to apply this would make a difference: in what the object is, or in what of it is this manager's. */
export async function wouldChange(
    client: KubeClient,
    live: KubeObject | undefined,
    wanted: KubeObject,
    fieldManager: string,
): Promise<boolean> {
    const after = await client.apply(wanted, { fieldManager, force: true, dryRun: true });
    return !live || !isDeepStrictEqual(core(live, fieldManager), core(after, fieldManager));
}

/** What could not be made must not cost what is there. Some faults are those of the change alone: a smaller volume. */
async function refuseFaulty(error: unknown, object: KubeObject, configuration: Configuration) {
    const { metadata, ...rest } = await placed(configuration, object);
    // Under another name, because its own is taken.
    const anew = { ...rest, metadata: { ...without(metadata, ["name"]), generateName: "try-" } };
    const creation = await configuration.client
        .create(anew as KubeObject, { dryRun: true })
        .catch((failure: unknown) => failure);
    if (faultsInBoth(error, creation).length > 0) {
        throw error;
    }
}

/** What an update is about: the values and which of them are ours, however they are written. */
function core(object: KubeObject, manager: string): unknown {
    const { managedFields = [] } = object.metadata;
    const ours = managedFields.filter((entry) => entry.manager === manager);
    return {
        ...without(object, ["status"]),
        metadata: without(object.metadata, ["resourceVersion", "generation", "managedFields"]),
        ours: ours.map(({ fieldsV1 }) => fieldsV1),
    };
}
