import type * as grpc from "@grpc/grpc-js";
import type { Message } from "google-protobuf";
import { toServiceError } from "./failures";

/** A gRPC method from a promise; `cancelled` is aborted when the caller gives up. */
export function unary<Request extends Message, Response extends Message>(
    handle: (request: Request, cancelled: AbortSignal) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        const cancellation = new AbortController();
        call.on("cancelled", () => cancellation.abort());
        handle(call.request, cancellation.signal).then(
            (response) => callback(null, response),
            (error) => callback(toServiceError(error)),
        );
    };
}
