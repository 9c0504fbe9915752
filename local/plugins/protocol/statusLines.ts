import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Shows a line beside the resource with this URN; resolves when the display has it. */
export type StatusLines = (urn: string, text: string) => Promise<void>;

/** Shown on the engine's display, one after the other; they are no part of the log that stays. */
export function statusLinesOn(address: string): StatusLines {
    const engine = new EngineClient(address, grpc.credentials.createInsecure());
    let last = Promise.resolve();
    const send = (urn: string, text: string) =>
        new Promise<void>((resolve) => {
            const request = new LogRequest()
                .setSeverity(LogSeverity.INFO)
                .setUrn(urn)
                .setMessage(text)
                .setEphemeral(true);
            // An engine that is gone needs no news.
            engine.log(request, () => resolve());
        });
    return (urn, text) => (last = last.then(() => send(urn, text)));
}
