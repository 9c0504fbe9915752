import * as assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { statusLinesOn } from "../../../../../local/plugins/protocol/statusLines";

describe("status lines of a provider", () => {
    const server = new grpc.Server();
    after(() => server.forceShutdown());

    it("reach the engine one after the other, beside their resource and not for the log", async () => {
        const received: LogRequest.AsObject[] = [];
        const log: grpc.handleUnaryCall<LogRequest, Empty> = ({ request }, callback) => {
            // The first is the slowest to be taken.
            const delayMs = received.length === 0 ? 50 : 0;
            setTimeout(() => {
                received.push(request.toObject());
                callback(null, new Empty());
            }, delayMs);
        };
        server.addService({ log: EngineService.log }, { log });
        const port = await new Promise<number>((resolve, reject) =>
            server.bindAsync(
                "127.0.0.1:0",
                grpc.ServerCredentials.createInsecure(),
                (error, bound) => (error ? reject(error) : resolve(bound)),
            ),
        );
        const tell = statusLinesOn(`127.0.0.1:${port}`);
        await Promise.all([tell("urn:a", "one"), tell("urn:b", "two"), tell("urn:a", "three")]);
        const shown = received.map(({ urn, message, ephemeral }) => [urn, message, ephemeral]);
        assert.deepEqual(shown, [
            ["urn:a", "one", true],
            ["urn:b", "two", true],
            ["urn:a", "three", true],
        ]);
    });

    it("do not fail when the engine is gone", async () => {
        await statusLinesOn("127.0.0.1:9")("urn:a", "one");
    });
});
