import * as assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { SecretValue } from "../../../../../local/plugins/protocol/provider";
import { redactor } from "../../../../../local/plugins/protocol/redact";

describe("redacting", () => {
    const without = (secret: string, text: string) =>
        redactor([{ held: [new SecretValue(secret)] }])(text);

    it("finds a secret without the white space around it, plain and as base64", () => {
        for (const secret of ["hunter2-token\n", "\n hunter2-token \r\n"]) {
            assert.equal(without(secret, "is hunter2-token."), "is [secret].");
            const encoded = Buffer.from("hunter2-token").toString("base64");
            assert.equal(without(secret, `is ${encoded}.`), "is [secret].");
        }
    });

    it("finds a secret of several lines as a whole, and each of its lines alone", () => {
        const secret = "first-line\r\n  second-line\n";
        assert.equal(without(secret, `is ${secret}.`), "is [secret].");
        assert.equal(without(secret, "second-line, first-line"), "[secret], [secret]");
    });

    it("leaves the frame of a PEM and shows none of the rest", () => {
        const pem = generateKeyPairSync("rsa", {
            modulusLength: 2048,
            publicKeyEncoding: { type: "spki", format: "pem" },
            privateKeyEncoding: { type: "pkcs8", format: "pem" },
        }).privateKey;
        const lines = pem.trim().split("\n");
        const expected = [lines.at(0), ...lines.slice(1, -1).map(() => "[secret]"), lines.at(-1)];
        assert.deepEqual(
            lines.map((line) => without(pem, line)),
            expected,
        );
    });

    it("leaves words that are everywhere, though they are lines of a secret", () => {
        const secret = 'data:\n----\ntrue\nnull\n}\nab\npassword: "hunter22"\n';
        const text = "spec.data: must be true, not null\n--------\n} cab";
        assert.equal(without(secret, text), text);
        assert.equal(without(secret, 'at password: "hunter22"'), "at [secret]");
    });
});
