import assert from "node:assert/strict";
import {
    AnalyzeRequest,
    AnalyzeStackRequest,
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { MessageReader, structIn } from "../../../policies/frame/message";
import { resourcesIn, ResourceMessage } from "../../../policies/frame/resourceMessage";

const struct = (properties: Record<string, JavaScriptValue>) => Struct.fromJavaScript(properties);
const bytes = (message: { serializeBinary(): Uint8Array }) =>
    Buffer.from(message.serializeBinary());

const properties = {
    cidrBlock: "10.0.0.0/16",
    sizes: [50, -1, 0.5, 1e300],
    nested: { flags: [true, false, null], empty: {}, none: [] },
    words: "Zürich – 東京 🗾",
    long: "x".repeat(300),
    "": "no key",
};

describe("messages to the policy pack", () => {
    it("read the same as by the SDK, whatever the properties hold", () => {
        const message = struct(properties);
        const read = structIn(new MessageReader(bytes(message)));
        assert.deepEqual(read, message.toJavaScript());
        assert.deepEqual(read, properties);
    });

    it("have properties in order, though the engine sends them in any", () => {
        const message = struct({ b: 1, c: 2, a: { z: 1, y: 2 } });
        const read = structIn(new MessageReader(bytes(message)));
        assert.equal(JSON.stringify(read), '{"a":{"y":2,"z":1},"b":1,"c":2}');
    });

    it("tell of a resource what the SDK asks about it", () => {
        const provider = new AnalyzerProviderResource()
            .setType("pulumi:providers:aws")
            .setUrn("urn:provider")
            .setName("frankfurt")
            .setProperties(struct({ region: "eu-central-1" }));
        const request = new AnalyzeRequest()
            .setType("aws:ec2/vpc:Vpc")
            .setProperties(struct(properties))
            .setUrn("urn:net")
            .setName("net")
            .setOptions(new AnalyzerResourceOptions().setProtect(true))
            .setProvider(provider);
        const message = new ResourceMessage(bytes(request));
        assert.deepEqual(
            [message.type, message.urn, message.name],
            ["aws:ec2/vpc:Vpc", "urn:net", "net"],
        );
        const resource = message.toSdk();
        assert.deepEqual([resource.getType(), resource.getName()], ["aws:ec2/vpc:Vpc", "net"]);
        assert.equal(resource.getOptions()!.getProtect(), true);
        assert.deepEqual(resource.getProperties()!.toJavaScript(), properties);
        const read = resource.getProvider()!;
        assert.deepEqual([read.getUrn(), read.getName()], ["urn:provider", "frankfurt"]);
        assert.deepEqual(read.getProperties()!.toJavaScript(), { region: "eu-central-1" });
        assert.deepEqual(message.toSdk({ other: 1 }).getProperties()!.toJavaScript(), { other: 1 });
    });

    it("tell of a program what its resources are made of", () => {
        const [network, subnet] = ["net", "subnet"].map((name) =>
            new AnalyzerResource().setUrn(`urn:${name}`).setName(name).setType(`a:b:${name}`),
        );
        subnet!.setDependenciesList(["urn:net"]).setParent("urn:stack");
        const request = new AnalyzeStackRequest().setResourcesList([network!, subnet!]);
        const [first, second, ...others] = resourcesIn(bytes(request));
        assert.deepEqual([first!.urn, second!.urn, others], ["urn:net", "urn:subnet", []]);
        assert.deepEqual(first!.properties, {});
        assert.equal(first!.toSdk().getProvider(), undefined);
        assert.deepEqual(second!.toSdk().getDependenciesList(), ["urn:net"]);
        assert.equal(second!.toSdk().getParent(), "urn:stack");
    });
});
