import { KubeObject } from "../../kube";
import {
    CreateRequest,
    DeleteRequest,
    InitializationFailed,
    PropertyMap,
    UpdateRequest,
} from "../protocol/provider";
import { annotation } from "./annotations";
import { NotReady, untilReady, WaitOptions } from "./await/wait";
import { Configuration } from "./configuration";
import { explain, redact } from "./failures";
import { idOf, toOutputs } from "./objects";

/** Waits until the object is ready. */
export async function settled(
    { client }: Configuration,
    live: KubeObject,
    manager: string,
    request: CreateRequest | UpdateRequest,
): Promise<PropertyMap> {
    const { news } = request;
    const ready = untilReady(client, live, waitOf(live, request, news)).catch((error: unknown) => {
        throw error instanceof NotReady ? error : new NotReady(explain(error), live);
    });
    return toOutputs(await kept(ready, manager, news), news, manager);
}

/** An object that does not get where it should be is kept by the engine, which tries again later. */
export async function kept<T>(work: Promise<T>, manager: string, news: PropertyMap): Promise<T> {
    return work.catch((error: unknown) => {
        if (!(error instanceof NotReady)) throw error;
        const { message, object, troubles } = error;
        const reasons = [message, ...troubles].map((reason) => redact(reason, news));
        throw new InitializationFailed(idOf(object), toOutputs(object, news, manager), reasons);
    });
}

const defaultTimeoutSeconds = 600;

/** How long something of the object is waited for, and who is told; no secret of the resource is. */
export function waitOf(
    object: KubeObject,
    { signal, status, timeoutSeconds }: CreateRequest | UpdateRequest | DeleteRequest,
    holder: PropertyMap,
): WaitOptions {
    const annotated = Number(annotation(object, "timeoutSeconds"));
    const seconds = timeoutSeconds ?? (annotated > 0 ? annotated : defaultTimeoutSeconds);
    return {
        timeoutMs: seconds * 1000,
        signal,
        status: (text) => status(redact(text, holder)),
    };
}
