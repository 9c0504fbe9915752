import * as assert from "node:assert/strict";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { fromStruct, toStruct } from "../../../../../local/plugins/protocol/marshal";
import {
    containsSecrets,
    containsUnknowns,
    ProviderError,
    SecretValue,
    Unknown,
    unwrapSecrets,
    type PropertyMap,
    type PropertyValue,
} from "../../../../../local/plugins/protocol/provider";

// A map in JavaScript cannot hold this key as data, so neither can the messages' library.
const key = fc.string().filter((name) => name !== "__proto__");
const { value } = fc.letrec<{ value: PropertyValue }>((tie) => ({
    value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.double({ noNaN: true }),
        fc.string({ unit: "grapheme" }),
        fc.constant(Unknown),
        tie("value").map((inner) => new SecretValue(inner)),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    ),
}));
const map = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });

const signatureKey = "4dabf18193072939515e22adb298388d";

function overTheWire(properties: PropertyMap): PropertyMap {
    return fromStruct(Struct.deserializeBinary(toStruct(properties).serializeBinary()));
}

function fromEngine(content: object): PropertyMap {
    return fromStruct(
        Struct.fromJavaScript(content as Parameters<typeof Struct.fromJavaScript>[0]),
    );
}

describe("property values on the wire", () => {
    it("arrive as they were sent, whatever they are", () => {
        fc.assert(
            fc.property(map, (properties) => {
                assert.deepEqual(overTheWire(properties), properties);
            }),
        );
    });

    it("leave out what is undefined", () => {
        const given = { kept: 1, dropped: undefined } as unknown as PropertyMap;
        assert.deepEqual(overTheWire(given), { kept: 1 });
    });

    it("refuse what is no data", () => {
        const given = { hook: () => 1 } as unknown as PropertyMap;
        assert.throws(() => toStruct(given), /Unexpected struct type/);
    });

    it("are unknown for each of the engine's seven kinds of unknown", () => {
        const texts = [
            "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
            "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
            "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
            "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
            "030794c1-ac77-496b-92df-f27374a8bd58",
            "e48ece36-62e2-4504-bad9-02848725956a",
            "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
        ];
        assert.deepEqual(fromEngine({ list: texts }), { list: texts.map(() => Unknown) });
    });

    const output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    for (const [what, content, expected] of [
        ["a known output value is its value", { value: "v" }, "v"],
        ["a secret output value is a secret", { value: "v", secret: true }, new SecretValue("v")],
        ["an output value without a value is unknown", { dependencies: ["urn"] }, Unknown],
    ] as const) {
        it(what, () => {
            const given = fromEngine({ x: { [signatureKey]: output, ...content } });
            assert.deepEqual(given, { x: expected });
        });
    }

    const reference = "5cf8f73096256a8f31e491e813e4eb8e";
    for (const [what, content, expected] of [
        ["a reference is the resource's id", { urn: "urn:x", id: "i" }, "i"],
        ["a reference to a component is its URN", { urn: "urn:x" }, "urn:x"],
        ["a reference to a resource not made yet is unknown", { urn: "urn:x", id: "" }, Unknown],
    ] as const) {
        it(what, () => {
            const given = fromEngine({ x: { [signatureKey]: reference, ...content } });
            assert.deepEqual(given, { x: expected });
        });
    }

    it("refuse assets, saying what to do instead", () => {
        const asset = { [signatureKey]: "c44067f5952c0a294b673a41bacd8c17", text: "t" };
        assert.throws(
            () => fromEngine({ asset }),
            new ProviderError(
                "Assets and archives are not supported here: pass the content as a string.",
            ),
        );
    });
});

describe("secrets and unknowns within values", () => {
    it("are found at any depth, and unwrapping leaves no secret and the same unknowns", () => {
        fc.assert(
            fc.property(map, (properties) => {
                const revealed = unwrapSecrets(properties);
                assert.equal(containsSecrets(revealed), false);
                assert.equal(containsUnknowns(revealed), containsUnknowns(properties));
            }),
        );
    });

    it("are seen inside a secret inside a list", () => {
        const properties = { list: [1, new SecretValue({ deep: Unknown })] };
        assert.equal(containsUnknowns(properties), true);
        assert.equal(containsSecrets(properties), true);
        assert.equal(containsUnknowns({ list: [1] }), false);
        assert.equal(containsSecrets({ list: [1] }), false);
    });

    it("a secret shows its text neither in a message nor in JSON", () => {
        const secret = new SecretValue("hunter2");
        assert.equal(`${secret}${JSON.stringify({ secret })}`, '[secret]{"secret":"[secret]"}');
    });
});
