import * as grpc from "@grpc/grpc-js";

/** The engine starts every plugin with its own address as the last argument. */
export function engineAddress(): string {
    return process.argv.slice(2).findLast((argument) => !argument.startsWith("-")) ?? "";
}

/** Resources may be larger than the 4 MB that gRPC takes by default. */
export const noMessageLimit = {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
} as const;

/**
 * Serves as a plugin of the engine: tells it the port on stdout and ends with it. `onEnd` runs first when the engine
 * says goodbye or dies.
 */
export function servePlugin(addServices: (server: grpc.Server) => void, onEnd: () => void): void {
    const server = new grpc.Server(noMessageLimit);
    addServices(server);
    const end = () => {
        onEnd();
        process.exit(0);
    };
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
    // The engine holds the other end of stdin for as long as it lives, so its death is seen even after a SIGKILL.
    process.stdin.once("end", end).once("error", end).resume();
    process.stdout.once("error", end);
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error !== null) {
            console.error(error.message);
            process.exit(1);
        }
        process.stdout.write(`${port}\n`);
    });
}
