import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { toStruct } from "./marshal";
import { InitializationFailed, ProviderError } from "./provider";

/** What the engine is told when a provider's method throws. */
export function toServiceError(error: unknown): Partial<grpc.StatusObject> {
    if (error instanceof InitializationFailed) {
        return {
            code: grpc.status.UNKNOWN,
            details: error.message,
            metadata: initializationDetails(error),
        };
    }
    if (error instanceof ProviderError) {
        // With a code the engine understands as "nothing half-done"; UNKNOWN means that nobody knows.
        return { code: grpc.status.FAILED_PRECONDITION, details: error.message };
    }
    console.error(error);
    return {
        code: grpc.status.UNKNOWN,
        details: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    };
}

function initializationDetails(error: InitializationFailed): grpc.Metadata {
    const failed = new ErrorResourceInitFailed()
        .setId(error.id)
        .setProperties(toStruct(error.outputs))
        .setInputs(error.inputs && toStruct(error.inputs))
        .setReasonsList([...error.reasons]);
    const detail = new Any();
    detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status()
        .setCode(grpc.status.UNKNOWN)
        .setMessage(error.message)
        .setDetailsList([detail]);
    const metadata = new grpc.Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    return metadata;
}
