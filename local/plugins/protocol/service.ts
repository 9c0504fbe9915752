import type * as grpc from "@grpc/grpc-js";
import type { Message } from "google-protobuf";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { parseUrn } from "../../support/urns";
import { fromStruct, toStruct } from "./marshal";
import { failureText } from "./provider";
import { redactor } from "./redact";
import type {
    CheckRequest,
    CheckResult,
    DiffKind,
    DiffRequest,
    DiffResult,
    Provider,
} from "./provider";
import type { StatusLines } from "./statusLines";
import { unary } from "./unary";

/** The raw ResourceProvider service in front of a provider; what is left out answers "unimplemented". */
export function providerService(
    provider: Provider,
    version: string,
    cancellation: AbortController,
    statusLines: StatusLines = async () => {},
): grpc.UntypedServiceImplementation {
    const { signal } = cancellation;
    let told = Promise.resolve();
    const resource = (request: { getUrn(): string }) => ({
        ...parseUrn(request.getUrn()),
        signal,
        status: (text: string) => void (told = statusLines(request.getUrn(), text)),
    });
    const checked = (request: rpc.CheckRequest): CheckRequest => ({
        ...resource(request),
        olds: fromStruct(request.getOlds()),
        news: fromStruct(request.getNews()),
        randomSeed: request.getRandomseed_asU8(),
    });
    const compared = (request: rpc.DiffRequest | rpc.UpdateRequest): DiffRequest => ({
        ...resource(request),
        id: request.getId(),
        oldInputs: fromStruct(request.getOldInputs()),
        oldOutputs: fromStruct(request.getOlds()),
        news: fromStruct(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
    });
    const changed = (request: { getUrn(): string; getTimeout(): number }) => ({
        ...resource(request),
        timeoutSeconds: request.getTimeout() || undefined,
    });
    /** A change whose last words are on the display before its outcome is. */
    const change = <Request extends Message, Response extends Message>(
        handle: (request: Request) => Promise<Response>,
    ) => unary((request: Request) => handle(request).finally(() => told));

    const methods = {
        handshake: unary(async () => new rpc.ProviderHandshakeResponse().setAcceptSecrets(true)),
        getPluginInfo: unary(async () => new PluginInfo().setVersion(version)),
        getSchema: unary(async () => new rpc.GetSchemaResponse().setSchema("{}")),
        cancel: unary(async () => {
            cancellation.abort();
            return new Empty();
        }),
        checkConfig: unary(async (request: rpc.CheckRequest) =>
            checkResponse(await provider.checkConfig!(checked(request))),
        ),
        diffConfig: unary(async (request: rpc.DiffRequest) =>
            diffResponse(await provider.diffConfig!(compared(request))),
        ),
        configure: unary(async (request: rpc.ConfigureRequest) => {
            await provider.configure?.(fromStruct(request.getArgs()));
            return new rpc.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
        }),
        check: unary(async (request: rpc.CheckRequest) =>
            checkResponse(await provider.check(checked(request))),
        ),
        diff: unary(async (request: rpc.DiffRequest) =>
            diffResponse(await provider.diff(compared(request))),
        ),
        create: change(async (request: rpc.CreateRequest) => {
            const { id, outputs } = await provider.create({
                ...changed(request),
                news: fromStruct(request.getProperties()),
                preview: request.getPreview(),
            });
            return new rpc.CreateResponse().setId(id).setProperties(toStruct(outputs));
        }),
        read: unary(async (request: rpc.ReadRequest) => {
            const found = await provider.read({
                ...resource(request),
                id: request.getId(),
                outputs: fromStruct(request.getProperties()),
                inputs: fromStruct(request.getInputs()),
            });
            const response = new rpc.ReadResponse();
            return found === undefined
                ? response
                : response
                      .setId(found.id)
                      .setProperties(toStruct(found.outputs))
                      .setInputs(toStruct(found.inputs));
        }),
        update: change(async (request: rpc.UpdateRequest) => {
            const { outputs } = await provider.update!({
                ...compared(request),
                ...changed(request),
                preview: request.getPreview(),
            });
            return new rpc.UpdateResponse().setProperties(toStruct(outputs));
        }),
        delete: change(async (request: rpc.DeleteRequest) => {
            await provider.delete({
                ...changed(request),
                id: request.getId(),
                outputs: fromStruct(request.getProperties()),
            });
            return new Empty();
        }),
        invoke: unary(async (request: rpc.InvokeRequest) => {
            const result = await provider.invoke!({
                token: request.getTok(),
                args: fromStruct(request.getArgs()),
                preview: request.getPreview(),
                signal,
            });
            return new rpc.InvokeResponse().setReturn(toStruct(result));
        }),
    };
    const served = Object.entries(methods).filter(
        ([name]) => !optional.includes(name as keyof Provider) || name in provider,
    );
    return Object.fromEntries(served);
}

const optional: readonly (keyof Provider)[] = ["checkConfig", "diffConfig", "update", "invoke"];

function checkResponse({ inputs, failures = [] }: CheckResult): rpc.CheckResponse {
    // The engine prints the value of a property that is named in its own field, secret or not; so it goes into the text.
    const texts = failures.map((failure) =>
        new rpc.CheckFailure().setReason(redactor([inputs])(failureText(failure))),
    );
    return new rpc.CheckResponse().setInputs(toStruct(inputs)).setFailuresList(texts);
}

function diffResponse(result: DiffResult): rpc.DiffResponse {
    const { DIFF_SOME, DIFF_NONE } = rpc.DiffResponse.DiffChanges;
    const response = new rpc.DiffResponse()
        .setChanges(result.changes ? DIFF_SOME : DIFF_NONE)
        .setReplacesList([...(result.replaces ?? [])])
        .setDeletebeforereplace(result.deleteBeforeReplace ?? false);
    if (result.detailedDiff !== undefined) {
        const paths = Object.entries(result.detailedDiff);
        const properties = new Set(paths.map(([path]) => path.split(/[.[]/, 1)[0]!));
        response.setHasdetaileddiff(true).setDiffsList([...properties]);
        for (const [path, { kind, inputDiff }] of paths) {
            const diff = new rpc.PropertyDiff().setKind(kindOf(kind)).setInputdiff(inputDiff);
            response.getDetaileddiffMap().set(path, diff);
        }
    }
    return response;
}

function kindOf(kind: DiffKind): rpc.PropertyDiff.Kind {
    const name = kind.toUpperCase().replace("-", "_") as keyof typeof rpc.PropertyDiff.Kind;
    return rpc.PropertyDiff.Kind[name];
}
