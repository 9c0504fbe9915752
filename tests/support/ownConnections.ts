import * as settings from "@pulumi/pulumi/runtime/settings";

/**
 * A program that runs inside the tests shares gRPC's pool of connections with every one before it. What
 * a failed update leaves there stays in its failed state, and the system gives an engine the port of an
 * earlier one now and then: the SDK then takes the new engine for one that has ended, and registers nothing.
 */
const { grpcClientOptions } = settings as unknown as {
    grpcClientOptions: Record<string, unknown>;
};
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
