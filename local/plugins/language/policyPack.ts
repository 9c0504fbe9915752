import { once } from "node:events";
import * as net from "node:net";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzerHandshakeResponse,
    AnalyzerStackConfigureRequest,
    AnalyzerStackConfigureResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { noMessageLimit } from "../protocol/pluginProcess";
import { configJson } from "./commandLine";
import type { Output } from "./children";
import { Deferred } from "./deferred";

type Message = Buffer;
const asIs = (message: Message) => message;

/** For the engine to get its last answers from here, before it connects anew. */
const graceMs = 10_000;

/**
 * Stands between the engine and a policy pack. The engine tells a pack that runs already which stack it is for, but
 * the Node SDK reads that from its environment when it starts: so the pack is started once the engine has told.
 *
 * A compiled pack inherits the socket at which the engine calls, and answers there by itself from then on: there are
 * two calls for each resource, and to pass them on costs as much as the pack does.
 */
export class PolicyPackProxy {
    private readonly server = new grpc.Server(noMessageLimit);
    private readonly calls = this.server.createConnectionInjector(
        grpc.ServerCredentials.createInsecure(),
    );
    /** Where the engine calls. */
    readonly socket = net.createServer({ noDelay: true }, (connection) =>
        this.calls.injectConnection(connection),
    );
    private readonly configuration = new Deferred<Message | undefined>();
    private readonly pack = new Deferred<grpc.Client>();

    constructor() {
        // Whoever calls the pack is told; when nobody does, its failure is no crash of this process.
        this.pack.promise.catch(() => undefined);
        for (const { path } of Object.values(AnalyzerService)) {
            const handler: grpc.handleUnaryCall<Message, Message> = ({ request }, callback) => {
                this.answer(path, request).then(
                    (response) => callback(null, response),
                    (error: grpc.ServiceError) => callback(error),
                );
            };
            this.server.register(path, handler, asIs, asIs, "unary");
        }
    }

    /** The port the engine shall call. */
    async listen(): Promise<number> {
        await once(this.socket.listen(0, "127.0.0.1"), "listening");
        return portOf(this.socket)!;
    }

    /** What the pack's environment needs, as soon as the engine has told. */
    async environment(): Promise<Record<string, string>> {
        const message = await this.configuration.promise;
        if (message === undefined) {
            return {};
        }
        const stack = AnalyzerStackConfigureRequest.deserializeBinary(message);
        return {
            PULUMI_NODEJS_ORGANIZATION: stack.getOrganization(),
            PULUMI_NODEJS_PROJECT: stack.getProject(),
            PULUMI_NODEJS_STACK: stack.getStack(),
            PULUMI_NODEJS_DRY_RUN: String(stack.getDryRun()),
            PULUMI_CONFIG: configJson(stack.getConfigMap()),
        };
    }

    /** Passes the pack's output on, except its first line, which is the port it listens on. */
    attachTo(output: Output): Output {
        let head: Buffer | undefined = Buffer.alloc(0);
        return {
            stderr: output.stderr,
            stdout: (chunk) => {
                if (head === undefined) {
                    output.stdout(chunk);
                    return;
                }
                head = Buffer.concat([head, chunk]);
                const end = head.indexOf("\n");
                if (end >= 0) {
                    this.attach(head.subarray(0, end).toString().trim());
                    output.stdout(head.subarray(end + 1));
                    head = undefined;
                }
            },
        };
    }

    close(): void {
        this.configuration.resolve(undefined);
        this.pack.reject(failure("The policy pack ended."));
        this.pack.promise.then((client) => client.close()).catch(() => undefined);
        // Calls that still wait get their answer first.
        this.server.tryShutdown(() => undefined);
        this.socket.close();
    }

    private attach(port: string): void {
        if (!/^\d+$/.test(port)) {
            this.pack.reject(
                failure(`The policy pack printed "${port}" where the port it listens on belongs.`),
            );
            return;
        }
        // From now on only the pack shall answer there.
        if (Number(port) === portOf(this.socket)) this.socket.close();
        const credentials = grpc.credentials.createInsecure();
        this.pack.resolve(new grpc.Client(`127.0.0.1:${port}`, credentials, noMessageLimit));
    }

    private async answer(path: string, request: Message): Promise<Message> {
        switch (path) {
            case AnalyzerService.handshake.path:
                return Buffer.from(new AnalyzerHandshakeResponse().serializeBinary());
            case AnalyzerService.configureStack.path:
                this.configuration.resolve(request);
                return this.forward(path, request)
                    .catch((error: grpc.ServiceError) => {
                        if (error.code !== grpc.status.UNIMPLEMENTED) {
                            throw error;
                        }
                        return Buffer.from(new AnalyzerStackConfigureResponse().serializeBinary());
                    })
                    .finally(() => {
                        if (!this.socket.listening) this.calls.drain(graceMs);
                    });
            default:
                // Some commands ask for the pack's policies without a stack.
                this.configuration.resolve(undefined);
                return this.forward(path, request);
        }
    }

    private async forward(path: string, request: Message): Promise<Message> {
        const client = await this.pack.promise;
        return new Promise((resolve, reject) => {
            client.makeUnaryRequest(path, asIs, asIs, request, (error, response) =>
                error === null ? resolve(response!) : reject(error),
            );
        });
    }
}

const portOf = (server: net.Server) => (server.address() as net.AddressInfo | null)?.port;

function failure(details: string): Partial<grpc.StatusObject> {
    return { code: grpc.status.UNAVAILABLE, details };
}
