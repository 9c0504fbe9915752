import type * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as rpc from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { toServiceError } from "../protocol/failures";
import { fromStruct } from "../protocol/marshal";
import { unwrapSecrets } from "../protocol/provider";
import { unary } from "../protocol/unary";
import type { Children, Outcome, Output } from "./children";
import {
    isCompiled,
    isPolicyPack,
    pluginCommand,
    programCommand,
    type CommandLine,
    type ProgramInfo,
} from "./commandLine";
import { withOwnBundled } from "./ownProgram";
import { PolicyPackProxy } from "./policyPack";

/** The exit code of a program that has already told the user what is wrong. */
const alreadyReported = 32;

/** The LanguageRuntime service; what is left out (code generation, packing) answers "unimplemented". */
export function languageService(
    version: string,
    engine: () => string,
    children: Children,
    output: Output,
): grpc.UntypedServiceImplementation {
    let engineAddress = engine();
    return {
        handshake: unary(async (request: rpc.LanguageHandshakeRequest) => {
            engineAddress = request.getEngineAddress();
            return new rpc.LanguageHandshakeResponse();
        }),
        getPluginInfo: unary(async () => new PluginInfo().setVersion(version)),
        // Each SDK asks for its plugin by version itself; a list here would only make the engine fetch plugins of
        // packages that lie in node_modules without being used.
        getRequiredPackages: unary(async () => new rpc.GetRequiredPackagesResponse()),
        about: unary(async () => {
            const response = new rpc.AboutResponse();
            response.getMetadataMap().set("packagemanager", "npm");
            return response.setExecutable(process.execPath).setVersion(process.version);
        }),
        cancel: unary(async () => {
            children.interruptAll();
            return new Empty();
        }),
        run: unary(async (request: rpc.RunRequest, cancelled) => {
            const info = await withOwnBundled(programInfo(request.getInfo()));
            const command = programCommand(request, info, engineAddress, process.env);
            return runResponse(await children.run(command, output, cancelled));
        }),
        runPlugin: (call: PluginCall) => {
            const cancellation = new AbortController();
            call.on("cancelled", () => cancellation.abort());
            runPlugin(children, call, cancellation.signal).then(
                () => call.end(),
                (error) => call.emit("error", toServiceError(error)),
            );
        },
    };
}

type PluginCall = grpc.ServerWritableStream<rpc.RunPluginRequest, rpc.RunPluginResponse>;

async function runPlugin(
    children: Children,
    call: PluginCall,
    cancelled: AbortSignal,
): Promise<void> {
    const { request } = call;
    const info = programInfo(request.getInfo());
    const command = pluginCommand(request, info);
    const output: Output = {
        stdout: (chunk) => call.write(new rpc.RunPluginResponse().setStdout(chunk)),
        stderr: (chunk) => call.write(new rpc.RunPluginResponse().setStderr(chunk)),
    };
    const { code } = isPolicyPack(request)
        ? await runPolicyPack(children, command, isCompiled(info), output, cancelled)
        : await children.run(command, output, cancelled);
    call.write(new rpc.RunPluginResponse().setExitcode(code ?? 1));
}

async function runPolicyPack(
    children: Children,
    command: CommandLine,
    compiled: boolean,
    output: Output,
    cancelled: AbortSignal,
): Promise<Outcome> {
    const proxy = new PolicyPackProxy();
    const close = () => proxy.close();
    cancelled.addEventListener("abort", close);
    try {
        output.stdout(Buffer.from(`${await proxy.listen()}\n`));
        const env = { ...command.env, ...(await proxy.environment()) };
        const socket = compiled ? proxy.socket : undefined;
        return await children.run({ ...command, env, socket }, proxy.attachTo(output), cancelled);
    } finally {
        cancelled.removeEventListener("abort", close);
        close();
    }
}

function programInfo(info: rpc.ProgramInfo | undefined): ProgramInfo {
    return {
        rootDirectory: info?.getRootDirectory() ?? "",
        programDirectory: info?.getProgramDirectory() ?? "",
        entryPoint: info?.getEntryPoint() ?? ".",
        options: unwrapSecrets(fromStruct(info?.getOptions())),
    };
}

export function runResponse({ code, signal }: Outcome): rpc.RunResponse {
    const response = new rpc.RunResponse();
    if (code === 0) {
        return response;
    }
    if (code === alreadyReported) {
        return response.setBail(true);
    }
    return response.setError(
        code === null
            ? `Program ended by signal ${signal}`
            : `Program exited with non-zero exit code: ${code}`,
    );
}
