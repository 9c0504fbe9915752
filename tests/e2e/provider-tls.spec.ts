import * as assert from "node:assert/strict";
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import * as tls from "@pulumi/tls";
import { ProviderUnderTest } from "../conformance/provider";
import { assertSaid, failureOf } from "../conformance/serving";

describe("tls provider under the real engine", function () {
    this.timeout(300_000);
    const provider = new ProviderUnderTest("tls");
    const stackOf = (program: () => Record<string, unknown> | void) =>
        provider.stack(async () => program() ?? {});

    it("makes an authority and a certificate signed by it, keeps both and replaces what changes", async () => {
        let hours = 24;
        const stack = await stackOf(() => {
            const caKey = new tls.PrivateKey("ca", { algorithm: "ECDSA", ecdsaCurve: "P256" });
            const ca = new tls.SelfSignedCert("ca", {
                privateKeyPem: caKey.privateKeyPem,
                subject: { commonName: "authority" },
                isCaCertificate: true,
                validityPeriodHours: 48,
                allowedUses: ["cert_signing"],
            });
            const key = new tls.PrivateKey("key", { algorithm: "ED25519" });
            const request = new tls.CertRequest("request", {
                privateKeyPem: key.privateKeyPem,
                dnsNames: ["localhost"],
                subject: { commonName: "server" },
            });
            const cert = new tls.LocallySignedCert("cert", {
                certRequestPem: request.certRequestPem,
                caPrivateKeyPem: caKey.privateKeyPem,
                caCertPem: ca.certPem,
                validityPeriodHours: hours,
                allowedUses: ["server_auth"],
            });
            return { ca: ca.certPem, cert: cert.certPem, key: key.privateKeyPem };
        });
        const { outputs } = await stack.up();
        const certificate = new X509Certificate(String(outputs.cert?.value));
        const authority = new X509Certificate(String(outputs.ca?.value));
        assert.ok(certificate.verify(authority.publicKey));
        assert.ok(certificate.checkPrivateKey(createPrivateKey(String(outputs.key?.value))));
        assert.equal(certificate.checkHost("localhost"), "localhost");
        assert.equal(outputs.key?.secret, true);
        assert.doesNotMatch(readFileSync(stack.stateFile, "utf8"), /PRIVATE KEY/);

        assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 6 });
        hours = 36;
        assert.deepEqual((await stack.up()).summary.resourceChanges, { replace: 1, same: 5 });
        await stack.destroy();
    });

    it("puts into a certificate the names, uses and times it was asked for", async () => {
        const stack = await stackOf(() => {
            const key = new tls.PrivateKey("key", { algorithm: "RSA", rsaBits: 2048 });
            const cert = new tls.SelfSignedCert("cert", {
                privateKeyPem: key.privateKeyPem,
                subject: { commonName: "it", organization: "one", country: "DE" },
                dnsNames: ["a.example", "*.b.example"],
                ipAddresses: ["10.0.0.1", "fd00::1"],
                uris: ["spiffe://example/it"],
                validityPeriodHours: 12,
                allowedUses: ["digital_signature", "server_auth", "client_auth"],
            });
            return { cert: cert.certPem };
        });
        const { outputs } = await stack.up();
        const certificate = new X509Certificate(String(outputs.cert?.value));
        const subject = certificate.subject.split("\n").sort();
        assert.deepEqual(subject, ["C=DE", "CN=it", "O=one"]);
        assert.deepEqual(certificate.subjectAltName?.split(", ").sort(), [
            "DNS:*.b.example",
            "DNS:a.example",
            "IP Address:10.0.0.1",
            "IP Address:FD00:0:0:0:0:0:0:1",
            "URI:spiffe://example/it",
        ]);
        // As object identifiers: server authentication, client authentication.
        assert.deepEqual(certificate.keyUsage, ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
        assert.equal(certificate.ca, false);
        const [from, until] = [certificate.validFrom, certificate.validTo].map(Date.parse);
        assert.equal(until! - from!, 12 * 3_600_000);
        await stack.destroy();
    });

    it("tells a key in the forms that others read", async () => {
        const stack = await stackOf(() => {
            const key = new tls.PrivateKey("key", { algorithm: "ECDSA", ecdsaCurve: "P384" });
            const { publicKeyPem, privateKeyPemPkcs8, publicKeyOpenssh } = key;
            const { publicKeyFingerprintSha256, publicKeyFingerprintMd5 } = key;
            return {
                publicKeyPem,
                privateKeyPemPkcs8,
                publicKeyOpenssh,
                publicKeyFingerprintSha256,
                publicKeyFingerprintMd5,
            };
        });
        const { outputs } = await stack.up();
        const textOf = (name: string) => String(outputs[name]?.value);
        const own = createPublicKey(createPrivateKey(textOf("privateKeyPemPkcs8")));
        assert.ok(own.equals(createPublicKey(textOf("publicKeyPem"))));
        const [name, blob = ""] = textOf("publicKeyOpenssh").split(" ");
        assert.equal(name, "ecdsa-sha2-nistp384");
        const digest = (algorithm: string, encoding: "base64" | "hex") =>
            createHash(algorithm).update(Buffer.from(blob, "base64")).digest(encoding);
        assert.equal(
            textOf("publicKeyFingerprintSha256"),
            `SHA256:${digest("sha256", "base64").replace("=", "")}`,
        );
        assert.equal(
            textOf("publicKeyFingerprintMd5"),
            digest("md5", "hex").match(/../g)!.join(":"),
        );
        const { x, y } = own.export({ format: "jwk" });
        const point = [x!, y!].map((each) => Buffer.from(each, "base64url"));
        assert.ok(Buffer.from(blob, "base64").includes(Buffer.concat(point)), "of the same key");
        await stack.destroy();
    });

    it("makes a certificate anew when the time for that has come, and not before", async () => {
        let earlyRenewalHours = 1;
        const stack = await stackOf(() => {
            const key = new tls.PrivateKey("key", { algorithm: "ED25519" });
            const { privateKeyPem } = key;
            new tls.SelfSignedCert("cert", {
                privateKeyPem,
                validityPeriodHours: 12,
                allowedUses: [],
                earlyRenewalHours,
            });
        });
        await stack.up();
        assert.deepEqual((await stack.up()).summary.resourceChanges, { same: 3 });
        earlyRenewalHours = 13;
        await stack.up();
        const { replace } = (await stack.up()).summary.resourceChanges!;
        assert.equal(replace, 1);
        await stack.destroy();
    });

    const good = { subject: { commonName: "it" }, validityPeriodHours: 1, allowedUses: [] };
    const pem = (label: string, content: string) =>
        `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;
    const bad: readonly (readonly [string, () => unknown, RegExp, RegExp])[] = [
        [
            "a key that is none",
            () => new tls.SelfSignedCert("it", { ...good, privateKeyPem: "none" }),
            /privateKeyPem: is not an unencrypted private key in PEM/,
            /key|PEM/i,
        ],
        [
            "a key with a broken content",
            () => new tls.CertRequest("it", { privateKeyPem: pem("EC PRIVATE KEY", "AAAA") }),
            /privateKeyPem: is not an unencrypted private key in PEM/,
            /key|PEM/i,
        ],
        [
            "an algorithm it does not know",
            () => new tls.PrivateKey("it", { algorithm: "DSA" }),
            /algorithm: "DSA" is not known; use RSA, ECDSA, ED25519/,
            /algorithm/i,
        ],
        [
            "an authority that is no certificate",
            () =>
                new tls.LocallySignedCert("it", {
                    ...good,
                    caCertPem: pem("CERTIFICATE", "AAAA"),
                    caPrivateKeyPem: "none",
                    certRequestPem: "none",
                }),
            /certRequestPem[^]*caCertPem|caCertPem[^]*certRequestPem/,
            /PEM|cert/i,
        ],
    ];
    for (const [what, program, ours, anyone] of bad) {
        it(`refuses ${what}`, async () => {
            const stack = await stackOf(() => void program());
            assertSaid(await failureOf(stack.up()), ours, anyone);
            await stack.destroy();
        });
    }
});
