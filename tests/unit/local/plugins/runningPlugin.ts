import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import type { Message } from "google-protobuf";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { toStruct } from "../../../../local/plugins/protocol/marshal";
import type { PropertyMap } from "../../../../local/plugins/protocol/provider";
import { bundle } from "../../../../local/support/bundle";
import { projectRoot } from "../../../../local/support/root";

/** What the engine may send of one resource; a test leaves out what it is not about. */
export interface Sent {
    readonly type?: string;
    readonly id?: string;
    readonly news?: PropertyMap;
    readonly oldInputs?: PropertyMap;
    readonly oldOutputs?: PropertyMap;
    readonly preview?: boolean;
}

const urnOf = (type = "") => `urn:pulumi:dev::shop::${type}::it`;

/** The methods of a plugin that the engine calls with properties, each from the same few words. */
const methods = {
    checkConfig: ({ news = {} }: Sent) => new rpc.CheckRequest().setNews(toStruct(news)),
    diffConfig: ({ news = {}, oldInputs = {} }: Sent) =>
        new rpc.DiffRequest().setNews(toStruct(news)).setOldInputs(toStruct(oldInputs)),
    configure: ({ news = {} }: Sent) => new rpc.ConfigureRequest().setArgs(toStruct(news)),
    check: ({ type, news = {}, oldInputs = {} }: Sent) =>
        new rpc.CheckRequest()
            .setUrn(urnOf(type))
            .setNews(toStruct(news))
            .setOlds(toStruct(oldInputs)),
    diff: ({ type, id = "", news = {}, oldInputs = {}, oldOutputs = {} }: Sent) =>
        new rpc.DiffRequest()
            .setUrn(urnOf(type))
            .setId(id)
            .setNews(toStruct(news))
            .setOldInputs(toStruct(oldInputs))
            .setOlds(toStruct(oldOutputs)),
    create: ({ type, news = {}, preview = false }: Sent) =>
        new rpc.CreateRequest()
            .setUrn(urnOf(type))
            .setProperties(toStruct(news))
            .setPreview(preview),
    read: ({ type, id = "", oldInputs = {}, oldOutputs = {} }: Sent) =>
        new rpc.ReadRequest()
            .setUrn(urnOf(type))
            .setId(id)
            .setInputs(toStruct(oldInputs))
            .setProperties(toStruct(oldOutputs)),
    update: ({ type, id = "", news = {}, oldInputs = {}, oldOutputs = {}, preview }: Sent) =>
        new rpc.UpdateRequest()
            .setUrn(urnOf(type))
            .setId(id)
            .setNews(toStruct(news))
            .setOldInputs(toStruct(oldInputs))
            .setOlds(toStruct(oldOutputs))
            .setPreview(preview ?? false),
    delete: ({ type, id = "", oldInputs = {}, oldOutputs = {} }: Sent) =>
        new rpc.DeleteRequest()
            .setUrn(urnOf(type))
            .setId(id)
            .setOldInputs(toStruct(oldInputs))
            .setProperties(toStruct(oldOutputs)),
    invoke: ({ type = "", news = {} }: Sent) =>
        new rpc.InvokeRequest().setTok(type).setArgs(toStruct(news)),
} satisfies Record<string, (sent: Sent) => Message>;

export type Method = keyof typeof methods;
export const allMethods = Object.keys(methods) as Method[];

/** How a plugin answers: with what it finds wrong, if anything. */
export interface Answered {
    readonly code: grpc.status;
    readonly text: string;
}

type Call = (
    request: Message,
    options: grpc.CallOptions,
    done: (error: grpc.ServiceError | null, response: Message) => void,
) => void;

/** One of the project's plugins as the engine runs it: a process that is talked to by gRPC. */
export class RunningPlugin {
    private readonly client: ResourceProviderClient;

    private constructor(
        readonly process: ChildProcess,
        /** Where it listens, as it has told. */
        readonly port: number,
    ) {
        const credentials = grpc.credentials.createInsecure();
        this.client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials);
    }

    static async start(name: string, folder: string): Promise<RunningPlugin> {
        const program = path.join(folder, `${name}.js`);
        await bundle(path.join(projectRoot, "local", "plugins", name, "main.ts"), program);
        const plugin = spawn(process.execPath, [program, "127.0.0.1:1"], {
            stdio: ["pipe", "pipe", "ignore"],
        });
        const [line] = (await once(plugin.stdout!, "data")) as [Buffer];
        return new RunningPlugin(plugin, Number(line.toString().trimEnd()));
    }

    /** Fails itself only if the plugin gives no answer at all. */
    answer(method: Method, sent: Sent): Promise<Answered> {
        const call = (this.client[method] as unknown as Call).bind(this.client);
        const deadline = Date.now() + 30_000;
        return new Promise((resolve) =>
            call(methods[method](sent), { deadline }, (error, response) =>
                resolve(
                    error
                        ? { code: error.code, text: error.details }
                        : { code: grpc.status.OK, text: failuresIn(response) },
                ),
            ),
        );
    }

    stop(): void {
        this.client.close();
        this.process.kill("SIGKILL");
    }
}

function failuresIn(response: Message): string {
    const failures = response instanceof rpc.CheckResponse ? response.getFailuresList() : [];
    return failures.map((failure) => failure.getReason()).join("\n");
}
