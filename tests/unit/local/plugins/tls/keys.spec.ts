import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { SecretValue, Unknown } from "../../../../../local/plugins/protocol/provider";
import { keyInputs, tls } from "./support";

const pemHeads = {
    RSA: "RSA PRIVATE KEY",
    "ECDSA P224": "EC PRIVATE KEY",
    "ECDSA P256": "EC PRIVATE KEY",
    "ECDSA P384": "EC PRIVATE KEY",
    "ECDSA P521": "EC PRIVATE KEY",
    ED25519: "PRIVATE KEY",
};

describe("a tls PrivateKey", () => {
    for (const [name, inputs] of Object.entries(keyInputs)) {
        it(`of ${name} has the same key in every form`, async () => {
            const key = await tls.made("PrivateKey", inputs);
            const head = pemHeads[name as keyof typeof pemHeads];
            assert.match(key.privateKeyPem!, new RegExp(`^-----BEGIN ${head}-----\n`));
            assert.match(key.privateKeyPemPkcs8!, /^-----BEGIN PRIVATE KEY-----\n/);
            const hash = name === "ED25519" ? null : "sha256";
            const text = Buffer.from("text");
            for (const form of [key.privateKeyPem!, key.privateKeyPemPkcs8!]) {
                const signature = sign(hash, text, createPrivateKey(form));
                assert.ok(verify(hash, text, createPublicKey(key.publicKeyPem!), signature));
            }
        });
    }

    it("of the OpenSSH forms agrees with ssh-keygen", async function () {
        if (spawnSync("ssh-keygen", ["-?"]).error) {
            this.skip();
        }
        const folder = mkdtempSync(path.join(tmpdir(), "tls-keys-"));
        const ssh = (...args: string[]) => spawnSync("ssh-keygen", args, { encoding: "utf8" });
        try {
            for (const [name, inputs] of Object.entries(keyInputs)) {
                const key = await tls.made("PrivateKey", inputs);
                if (name === "ECDSA P224") {
                    assert.equal(key.publicKeyOpenssh, "");
                    assert.equal(key.privateKeyOpenssh, "");
                    continue;
                }
                const file = path.join(folder, "key");
                writeFileSync(file, key.privateKeyOpenssh!, { mode: 0o600 });
                assert.equal(ssh("-y", "-f", file).stdout.trim(), key.publicKeyOpenssh!.trim());
                writeFileSync(`${file}.pub`, key.publicKeyOpenssh!);
                const shown = ssh("-l", "-f", `${file}.pub`).stdout;
                assert.ok(shown.includes(key.publicKeyFingerprintSha256!), name);
                const md5 = ssh("-l", "-E", "md5", "-f", `${file}.pub`).stdout;
                assert.ok(md5.includes(`MD5:${key.publicKeyFingerprintMd5} `), name);
            }
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("keeps its private forms secret, and them alone", async () => {
        const { outputs } = await tls.created("PrivateKey", { algorithm: "ED25519" });
        const secrets = Object.keys(outputs).filter((name) => outputs[name] instanceof SecretValue);
        assert.deepEqual(secrets.sort(), [
            "privateKeyOpenssh",
            "privateKeyPem",
            "privateKeyPemPkcs8",
        ]);
    });

    it("tells in its outputs the size and the curve it takes by default", async () => {
        const { outputs } = await tls.created("PrivateKey", { algorithm: "ED25519" });
        assert.deepEqual([outputs.rsaBits, outputs.ecdsaCurve], [2048, "P224"]);
    });

    it("has the size that was asked for", async () => {
        const key = await tls.made("PrivateKey", { algorithm: "RSA", rsaBits: 1024 });
        const { modulusLength } = createPublicKey(key.publicKeyPem!).asymmetricKeyDetails!;
        assert.equal(modulusLength, 1024);
    });

    it("is another one each time", async () => {
        const first = await tls.made("PrivateKey", { algorithm: "ED25519" });
        const second = await tls.made("PrivateKey", { algorithm: "ED25519" });
        assert.notEqual(first.id, second.id);
        assert.notEqual(first.privateKeyPem, second.privateKeyPem);
    });

    it("is unknown, and secret, in a preview", async () => {
        const { id, outputs } = await tls.created("PrivateKey", { algorithm: "RSA" }, true);
        assert.equal(id, "");
        assert.deepEqual(outputs.privateKeyPem, new SecretValue(Unknown));
        assert.equal(outputs.publicKeyPem, Unknown);
        assert.equal(outputs.algorithm, "RSA");
    });

    it("tells everything that is wrong with its inputs at once", async () => {
        const news = { algorithm: "RSB", rsaBits: 512, ecdsaCurve: "P-256", bits: 1 };
        assert.deepEqual(await tls.failures("PrivateKey", news), [
            {
                property: "bits",
                reason: "is not an input; those are algorithm, rsaBits, ecdsaCurve",
            },
            { property: "algorithm", reason: '"RSB" is not known; use RSA, ECDSA, ED25519' },
            { property: "rsaBits", reason: "must be a whole number from 1024 to 16384, not 512" },
            { property: "ecdsaCurve", reason: '"P-256" is not known; use P224, P256, P384, P521' },
        ]);
        assert.deepEqual(await tls.failures("PrivateKey", {}), [
            { property: "algorithm", reason: "is required" },
        ]);
    });

    it("takes inputs that are not known yet", async () => {
        assert.deepEqual(await tls.failures("PrivateKey", { algorithm: Unknown }), []);
    });
});
