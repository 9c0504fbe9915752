import type * as grpc from "@grpc/grpc-js";
import type { Message } from "google-protobuf";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { parseUrn } from "../../support/urns";
import { fromStruct, toStruct } from "./marshal";
import { failureText } from "./provider";
import type {
    CheckFailure,
    CheckRequest,
    CheckResult,
    DiffKind,
    DiffRequest,
    DiffResult,
    Provider,
} from "./provider";
import type { StatusLines } from "./statusLines";
import { unary } from "./unary";

const { Kind } = rpc.PropertyDiff;
const diffKinds: Readonly<Record<DiffKind, rpc.PropertyDiff.Kind>> = {
    add: Kind.ADD,
    "add-replace": Kind.ADD_REPLACE,
    delete: Kind.DELETE,
    "delete-replace": Kind.DELETE_REPLACE,
    update: Kind.UPDATE,
    "update-replace": Kind.UPDATE_REPLACE,
};

/** The raw ResourceProvider service in front of a provider; what is left out answers "unimplemented". */
export function providerService(
    provider: Provider,
    version: string,
    cancellation: AbortController,
    statusLines: StatusLines = async () => {},
): grpc.UntypedServiceImplementation {
    const { signal } = cancellation;
    const resource = (urn: string) => ({
        urn,
        ...parseUrn(urn),
        signal,
        status: (text: string) => void (told = statusLines(urn, text)),
    });
    let told = Promise.resolve();
    /** A change whose last words are on the display before its outcome is. */
    const change = <Request extends Message, Response extends Message>(
        handle: (request: Request) => Promise<Response>,
    ) =>
        unary(async (request: Request) => {
            try {
                return await handle(request);
            } finally {
                await told;
            }
        });

    const checkRequest = (request: rpc.CheckRequest): CheckRequest => ({
        ...resource(request.getUrn()),
        olds: fromStruct(request.getOlds()),
        news: fromStruct(request.getNews()),
        randomSeed: request.getRandomseed_asU8(),
    });
    const diffRequest = (request: rpc.DiffRequest): DiffRequest => ({
        ...resource(request.getUrn()),
        id: request.getId(),
        oldInputs: fromStruct(request.getOldInputs()),
        oldOutputs: fromStruct(request.getOlds()),
        news: fromStruct(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
    });

    return {
        handshake: unary(async () => {
            const response = new rpc.ProviderHandshakeResponse();
            return response.setAcceptSecrets(true);
        }),
        getPluginInfo: unary(async () => new PluginInfo().setVersion(version)),
        getSchema: unary(async () => new rpc.GetSchemaResponse().setSchema("{}")),
        attach: unary(async () => new Empty()),
        cancel: unary(async () => {
            cancellation.abort();
            await provider.cancel?.();
            return new Empty();
        }),
        ...(provider.checkConfig && {
            checkConfig: unary(async (request: rpc.CheckRequest) =>
                checkResponse(await provider.checkConfig!(checkRequest(request))),
            ),
        }),
        ...(provider.diffConfig && {
            diffConfig: unary(async (request: rpc.DiffRequest) =>
                diffResponse(await provider.diffConfig!(diffRequest(request))),
            ),
        }),
        configure: unary(async (request: rpc.ConfigureRequest) => {
            const args = fromStruct(request.getArgs());
            await provider.configure?.({ args, urn: request.getUrn() || undefined, signal });
            const response = new rpc.ConfigureResponse();
            return response.setAcceptsecrets(true).setSupportspreview(true);
        }),
        check: unary(async (request: rpc.CheckRequest) =>
            checkResponse(await provider.check(checkRequest(request))),
        ),
        diff: unary(async (request: rpc.DiffRequest) =>
            diffResponse(await provider.diff(diffRequest(request))),
        ),
        create: change(async (request: rpc.CreateRequest) => {
            const { id, outputs } = await provider.create({
                ...resource(request.getUrn()),
                news: fromStruct(request.getProperties()),
                preview: request.getPreview(),
                timeoutSeconds: request.getTimeout() || undefined,
            });
            return new rpc.CreateResponse().setId(id).setProperties(toStruct(outputs));
        }),
        read: unary(async (request: rpc.ReadRequest) => {
            const found = await provider.read({
                ...resource(request.getUrn()),
                id: request.getId(),
                outputs: fromStruct(request.getProperties()),
                inputs: fromStruct(request.getInputs()),
                timeoutSeconds: request.getTimeout() || undefined,
            });
            const response = new rpc.ReadResponse();
            return found === undefined
                ? response
                : response
                      .setId(found.id)
                      .setProperties(toStruct(found.outputs))
                      .setInputs(toStruct(found.inputs));
        }),
        ...(provider.update && {
            update: change(async (request: rpc.UpdateRequest) => {
                const { outputs } = await provider.update!({
                    ...resource(request.getUrn()),
                    id: request.getId(),
                    oldInputs: fromStruct(request.getOldInputs()),
                    oldOutputs: fromStruct(request.getOlds()),
                    news: fromStruct(request.getNews()),
                    preview: request.getPreview(),
                    ignoreChanges: request.getIgnorechangesList(),
                    timeoutSeconds: request.getTimeout() || undefined,
                });
                return new rpc.UpdateResponse().setProperties(toStruct(outputs));
            }),
        }),
        delete: change(async (request: rpc.DeleteRequest) => {
            await provider.delete({
                ...resource(request.getUrn()),
                id: request.getId(),
                oldInputs: fromStruct(request.getOldInputs()),
                outputs: fromStruct(request.getProperties()),
                timeoutSeconds: request.getTimeout() || undefined,
            });
            return new Empty();
        }),
        ...(provider.invoke && {
            invoke: unary(async (request: rpc.InvokeRequest) => {
                const { result, failures } = await provider.invoke!({
                    token: request.getTok(),
                    args: fromStruct(request.getArgs()),
                    preview: request.getPreview(),
                    signal,
                });
                return new rpc.InvokeResponse()
                    .setReturn(toStruct(result))
                    .setFailuresList(checkFailures(failures));
            }),
        }),
    };
}

function checkFailures(failures: readonly CheckFailure[] = []): rpc.CheckFailure[] {
    // The engine prints the value of a property that is named in its own field, secret or not; so it goes into the text.
    return failures.map((failure) => new rpc.CheckFailure().setReason(failureText(failure)));
}

function checkResponse(result: CheckResult): rpc.CheckResponse {
    return new rpc.CheckResponse()
        .setInputs(toStruct(result.inputs))
        .setFailuresList(checkFailures(result.failures));
}

function diffResponse(result: DiffResult): rpc.DiffResponse {
    const { DIFF_SOME, DIFF_NONE } = rpc.DiffResponse.DiffChanges;
    const response = new rpc.DiffResponse()
        .setChanges(result.changes ? DIFF_SOME : DIFF_NONE)
        .setReplacesList([...(result.replaces ?? [])])
        .setStablesList([...(result.stables ?? [])])
        .setDeletebeforereplace(result.deleteBeforeReplace ?? false);
    if (result.detailedDiff !== undefined) {
        response.setHasdetaileddiff(true);
        const paths = Object.entries(result.detailedDiff);
        response.setDiffsList([...new Set(paths.map(([path]) => path.split(/[.[]/, 1)[0]!))]);
        for (const [path, { kind, inputDiff }] of paths) {
            const property = new rpc.PropertyDiff()
                .setKind(diffKinds[kind])
                .setInputdiff(inputDiff);
            response.getDetaileddiffMap().set(path, property);
        }
    }
    return response;
}
