import * as assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import {
    ResourceProviderClient,
    ResourceProviderService,
} from "@pulumi/pulumi/proto/provider_grpc_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { fromStruct, toStruct } from "../../../../../local/plugins/protocol/marshal";
import { noMessageLimit } from "../../../../../local/plugins/protocol/pluginProcess";
import {
    InitializationFailed,
    ProviderError,
    SecretValue,
    Unknown,
    type Provider,
} from "../../../../../local/plugins/protocol/provider";
import { providerService } from "../../../../../local/plugins/protocol/service";

const urn = "urn:pulumi:dev::shop::pkg:index:Parent$pkg:index:Thing::a::b";

/** A provider that must be told what to do in each method that a test calls. */
const idle: Provider = {
    check: async ({ news }) => ({ inputs: news }),
    diff: async () => ({ changes: false }),
    create: () => assert.fail("not expected"),
    read: () => assert.fail("not expected"),
    delete: () => assert.fail("not expected"),
};

describe("the resource provider service", () => {
    const servers: grpc.Server[] = [];
    const clients: grpc.Client[] = [];
    afterEach(() => {
        clients.splice(0).forEach((client) => client.close());
        servers.splice(0).forEach((server) => server.forceShutdown());
    });

    async function serve(provider: Partial<Provider>, cancellation = new AbortController()) {
        const server = new grpc.Server(noMessageLimit);
        servers.push(server);
        const service = providerService({ ...idle, ...provider }, "1.2.3", cancellation);
        server.addService(ResourceProviderService, service);
        const port = await new Promise<number>((resolve, reject) =>
            server.bindAsync(
                "127.0.0.1:0",
                grpc.ServerCredentials.createInsecure(),
                (error, bound) => (error ? reject(error) : resolve(bound)),
            ),
        );
        const client = new ResourceProviderClient(
            `127.0.0.1:${port}`,
            grpc.credentials.createInsecure(),
        );
        clients.push(client);
        return client;
    }

    function call<Response>(
        send: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
    ): Promise<Response> {
        return new Promise((resolve, reject) =>
            send((error, response) => (error ? reject(error) : resolve(response))),
        );
    }

    it("tells its version, takes secrets, and supports previews", async () => {
        const client = await serve({});
        const info = await call<PluginInfo>((done) => client.getPluginInfo(new Empty(), done));
        const handshake = await call<rpc.ProviderHandshakeResponse>((done) =>
            client.handshake(
                new rpc.ProviderHandshakeRequest().setEngineAddress("127.0.0.1:1"),
                done,
            ),
        );
        const configured = await call<rpc.ConfigureResponse>((done) =>
            client.configure(new rpc.ConfigureRequest(), done),
        );
        assert.equal(info.getVersion(), "1.2.3");
        assert.equal(handshake.getAcceptSecrets(), true);
        assert.deepEqual(
            [configured.getAcceptsecrets(), configured.getSupportspreview()],
            [true, true],
        );
    });

    it("answers that a method is not implemented when the provider has none", async () => {
        const client = await serve({});
        const config = new rpc.CheckRequest();
        await assert.rejects(
            call<rpc.CheckResponse>((done) => client.checkConfig(config, done)),
            {
                code: grpc.status.UNIMPLEMENTED,
            },
        );
    });

    it("names the property in the text of a failure, and prints no secret in it", async () => {
        const client = await serve({
            check: async ({ news, name, type }) => ({
                inputs: news,
                failures: [
                    {
                        property: "password",
                        reason: `"secret-word" is too short for ${type} ${name}`,
                    },
                    { property: "", reason: "is wrong as a whole" },
                ],
            }),
        });
        const password = new SecretValue("secret-word");
        const news = toStruct({ password });
        const request = new rpc.CheckRequest().setUrn(urn).setNews(news);
        const response = await call<rpc.CheckResponse>((done) => client.check(request, done));
        assert.deepEqual(
            response.getFailuresList().map((failure) => failure.toObject()),
            [
                {
                    property: "",
                    reason: 'password: "[secret]" is too short for pkg:index:Thing a::b',
                },
                { property: "", reason: "is wrong as a whole" },
            ],
        );
        assert.deepEqual(fromStruct(response.getInputs()), { password });
    });

    it("passes on what changes, by path and kind", async () => {
        const client = await serve({
            diff: async () => ({
                changes: true,
                replaces: ["spec"],
                deleteBeforeReplace: true,
                detailedDiff: {
                    "spec.list[0].x": { kind: "update-replace", inputDiff: true },
                    'labels["a.b/c"]': { kind: "add", inputDiff: false },
                },
            }),
        });
        const response = await call<rpc.DiffResponse>((done) =>
            client.diff(new rpc.DiffRequest().setUrn(urn), done),
        );
        const { Kind } = rpc.PropertyDiff;
        assert.equal(response.getChanges(), rpc.DiffResponse.DiffChanges.DIFF_SOME);
        assert.deepEqual(response.getReplacesList(), ["spec"]);
        assert.deepEqual(response.getDiffsList(), ["spec", "labels"]);
        assert.equal(response.getDeletebeforereplace(), true);
        assert.equal(response.getHasdetaileddiff(), true);
        const paths: unknown[] = [];
        response
            .getDetaileddiffMap()
            .forEach((diff, path) => paths.push([path, diff.getKind(), diff.getInputdiff()]));
        assert.deepEqual(paths, [
            ['labels["a.b/c"]', Kind.ADD, false],
            ["spec.list[0].x", Kind.UPDATE_REPLACE, true],
        ]);
    });

    it("creates with the inputs, the preview flag and the timeout it was given", async () => {
        const client = await serve({
            create: async ({ news, preview, timeoutSeconds }) => ({
                id: "id",
                outputs: { ...news, preview, timeout: timeoutSeconds ?? "none" },
            }),
        });
        const request = new rpc.CreateRequest()
            .setUrn(urn)
            .setProperties(toStruct({ later: Unknown }))
            .setPreview(true);
        const create = (given: rpc.CreateRequest) =>
            call<rpc.CreateResponse>((done) => client.create(given, done));
        const outputs = fromStruct((await create(request)).getProperties());
        assert.deepEqual(outputs, { later: Unknown, preview: true, timeout: "none" });
        const slow = fromStruct((await create(request.setTimeout(90))).getProperties());
        assert.equal(slow.timeout, 90);
    });

    it("reads a resource that is gone as one without an id", async () => {
        const client = await serve({ read: async () => undefined });
        const response = await call<rpc.ReadResponse>((done) =>
            client.read(new rpc.ReadRequest().setUrn(urn), done),
        );
        assert.equal(response.getId(), "");
    });

    it("shows the message of an expected failure alone, as one that left nothing half-done", async () => {
        const client = await serve({
            create: () => Promise.reject(new ProviderError("the quota is used up")),
        });
        const request = new rpc.CreateRequest().setUrn(urn);
        await assert.rejects(
            call<rpc.CreateResponse>((done) => client.create(request, done)),
            {
                code: grpc.status.FAILED_PRECONDITION,
                details: "the quota is used up",
            },
        );
    });

    it("takes requests of more than 4 MB", async () => {
        const client = await serve({
            create: async ({ news }) => ({
                id: String((news.text as string).length),
                outputs: {},
            }),
        });
        const properties = toStruct({ text: "x".repeat(6_000_000) });
        const request = new rpc.CreateRequest().setUrn(urn).setProperties(properties);
        assert.equal(
            (await call<rpc.CreateResponse>((done) => client.create(request, done))).getId(),
            "6000000",
        );
    });

    for (const size of [10, 30_000]) {
        it(`tells of a resource that exists but is not ready, with ${size} bytes of state`, async () => {
            const outputs = { text: "x".repeat(size), password: new SecretValue("s") };
            const client = await serve({
                create: () => {
                    throw new InitializationFailed("the-id", outputs, ["no pod runs", "timeout"]);
                },
            });
            const request = new rpc.CreateRequest().setUrn(urn);
            const error = await call<rpc.CreateResponse>((done) =>
                client.create(request, done),
            ).then(
                () => assert.fail("it should have failed"),
                (failure: grpc.ServiceError) => failure,
            );
            const [status] = error.metadata.get("grpc-status-details-bin");
            const [detail] = Status.deserializeBinary(status as Buffer).getDetailsList();
            const failed = detail!.unpack(
                rpc.ErrorResourceInitFailed.deserializeBinary,
                "pulumirpc.ErrorResourceInitFailed",
            )!;
            assert.equal(failed.getId(), "the-id");
            assert.deepEqual(failed.getReasonsList(), ["no pod runs", "timeout"]);
            assert.deepEqual(fromStruct(failed.getProperties()), outputs);
        });
    }

    it("aborts requests under way when the user cancels", async () => {
        let started = () => {};
        const underWay = new Promise<void>((resolve) => (started = resolve));
        const client = await serve({
            create: ({ signal }) =>
                new Promise((_, reject) => {
                    signal.addEventListener("abort", () => reject(new ProviderError("cancelled")));
                    started();
                }),
        });
        const creating = call<rpc.CreateResponse>((done) =>
            client.create(new rpc.CreateRequest().setUrn(urn), done),
        );
        const rejected = assert.rejects(creating, { details: "cancelled" });
        await underWay;
        await call<Empty>((done) => client.cancel(new Empty(), done));
        await rejected;
    });
});
