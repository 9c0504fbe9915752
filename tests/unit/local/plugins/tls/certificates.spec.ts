import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { X509Certificate, createPrivateKey } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as nodeTls from "node:tls";
import { SecretValue, Unknown } from "../../../../../local/plugins/protocol/provider";
import { keyInputs, makeAuthority, now, providerAt, tls } from "./support";

const names = {
    dnsNames: ["localhost", "*.karmada.example"],
    ipAddresses: ["127.0.0.1", "2001:db8::1"],
    uris: ["spiffe://cluster.local/karmada"],
};

async function makeLeaf(authority: { caCertPem: string; caPrivateKeyPem: string }, key: object) {
    const { privateKeyPem = "" } = await tls.made("PrivateKey", key as typeof keyInputs.RSA);
    const subject = { commonName: "system:admin", organization: "system:masters" };
    const request = await tls.made("CertRequest", { privateKeyPem, subject, ...names });
    const certificate = await tls.made("LocallySignedCert", {
        certRequestPem: request.certRequestPem!,
        ...authority,
        allowedUses: ["digital_signature", "key_encipherment", "server_auth", "client_auth"],
        validityPeriodHours: 24,
        setSubjectKeyId: true,
    });
    return { privateKeyPem, request, certificate };
}

describe("tls certificates", () => {
    for (const [name, key] of Object.entries(keyInputs)) {
        it(`of ${name} keys form a chain that openssl accepts to the letter`, async function () {
            if (spawnSync("openssl", ["version"]).error) {
                this.skip();
            }
            const authority = await makeAuthority(key);
            const { certificate, request } = await makeLeaf(authority, key);
            const folder = mkdtempSync(path.join(tmpdir(), "tls-chain-"));
            const file = (content: string, as: string) => {
                writeFileSync(path.join(folder, as), content);
                return path.join(folder, as);
            };
            const openssl = (...args: string[]) => spawnSync("openssl", args, { encoding: "utf8" });
            try {
                const ca = file(authority.caCertPem, "ca.crt");
                const leaf = file(certificate.certPem!, "leaf.crt");
                const csr = file(request.certRequestPem!, "leaf.csr");
                const time = String(Math.floor(now.getTime() / 1000) + 60);
                const verified = openssl(
                    ...["verify", "-x509_strict", "-attime", time],
                    ...["-purpose", "sslserver", "-CAfile", ca, leaf],
                );
                assert.equal(verified.stdout, `${leaf}: OK\n`, verified.stderr);
                assert.equal(openssl("req", "-in", csr, "-noout", "-verify").status, 0);
            } finally {
                rmSync(folder, { recursive: true });
            }
        });
    }

    it("carry what was asked for", async () => {
        const authority = await makeAuthority();
        const { certificate, privateKeyPem } = await makeLeaf(authority, keyInputs["ECDSA P384"]);
        const ca = new X509Certificate(authority.caCertPem);
        const leaf = new X509Certificate(certificate.certPem!);
        assert.equal(leaf.subject, "O=system:masters\nCN=system:admin");
        assert.equal(leaf.issuer, "C=DE\nO=cheese\nCN=Käse CA");
        assert.equal(
            leaf.subjectAltName,
            "DNS:localhost, DNS:*.karmada.example, IP Address:127.0.0.1, " +
                "IP Address:2001:DB8:0:0:0:0:0:1, URI:spiffe://cluster.local/karmada",
        );
        assert.deepEqual(leaf.keyUsage, ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
        assert.deepEqual([ca.ca, leaf.ca], [true, false]);
        assert.equal(leaf.validFrom, "Nov 21 09:00:00 2026 GMT");
        assert.equal(leaf.validTo, "Nov 22 09:00:00 2026 GMT");
        assert.ok(leaf.verify(ca.publicKey));
        assert.ok(leaf.checkIssued(ca));
        assert.ok(leaf.checkPrivateKey(createPrivateKey(privateKeyPem)));
        assert.equal(BigInt(`0x${leaf.serialNumber}`).toString(), certificate.id);
        assert.equal(certificate.validityStartTime, "2026-11-21T09:00:00Z");
        assert.equal(certificate.validityEndTime, "2026-11-22T09:00:00Z");
        assert.equal(certificate.caKeyAlgorithm, "ECDSA");
        assert.equal(certificate.readyForRenewal, false);
    });

    it("serve a mutual TLS connection", async () => {
        const live = providerAt(new Date());
        const { privateKeyPem = "" } = await live.made("PrivateKey", keyInputs["ECDSA P256"]);
        const { certPem = "" } = await live.made("SelfSignedCert", {
            privateKeyPem,
            subject: { commonName: "both ends" },
            isCaCertificate: true,
            allowedUses: ["cert_signing", "digital_signature", "server_auth", "client_auth"],
            dnsNames: ["localhost"],
            validityPeriodHours: 1,
        });
        const pair = { key: privateKeyPem, cert: certPem, ca: certPem };
        const server = nodeTls.createServer({ ...pair, requestCert: true });
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as { port: number };
        const client = nodeTls.connect({ ...pair, port, servername: "localhost" });
        const [accepted] = (await once(server, "secureConnection")) as [nodeTls.TLSSocket];
        assert.equal(accepted.authorized, true);
        client.destroy();
        server.close();
    });

    for (const [what, maxPathLength, expected] of [
        ["a limit", 1, /CA:TRUE, pathlen:1\n/],
        ["0, which the official provider takes for no limit", 0, /CA:TRUE\n/],
        ["-1, which is no limit", -1, /CA:TRUE\n/],
    ] as const) {
        it(`of an authority whose maxPathLength is ${what}`, async function () {
            if (spawnSync("openssl", ["version"]).error) {
                this.skip();
            }
            const { privateKeyPem = "" } = await tls.made("PrivateKey", keyInputs.ED25519);
            const { certPem } = await tls.made("SelfSignedCert", {
                privateKeyPem,
                maxPathLength,
                subject: { commonName: "ca", streetAddresses: ["b street", "a"] },
                isCaCertificate: true,
                setAuthorityKeyId: true,
                allowedUses: ["cert_signing", "decipher_only"],
                validityPeriodHours: 400_000,
            });
            const shown = spawnSync("openssl", ["x509", "-noout", "-text"], {
                input: certPem!,
                encoding: "utf8",
            }).stdout;
            assert.match(shown, expected);
            assert.match(shown, /X509v3 Key Usage: critical\n\s+Certificate Sign, Decipher Only\n/);
            assert.match(
                shown,
                /X509v3 Subject Key Identifier: \n\s+(\S+)\n[^]*Authority Key Identifier: \n\s+\1\n/,
            );
            assert.match(shown, /Subject: street = a \+ street = b street, CN = ca\n/);
            // Beyond 2049 a certificate writes its dates in another form.
            assert.match(shown, /Not After : Jul  ?\d+ 01:00:00 2072 GMT/);
        });
    }

    it("take the key from privateKeyPemWo and do not repeat it in their outputs", async () => {
        const { privateKeyPem = "" } = await tls.made("PrivateKey", keyInputs.ED25519);
        const { outputs } = await tls.created("CertRequest", {
            privateKeyPemWo: privateKeyPem,
            privateKeyPemWoVersion: 1,
        });
        assert.deepEqual(Object.keys(outputs).sort(), [
            "certRequestPem",
            "keyAlgorithm",
            "privateKeyPemWoVersion",
        ]);
    });

    it("keep the keys they were made with secret", async () => {
        const { privateKeyPem = "" } = await tls.made("PrivateKey", keyInputs.ED25519);
        const { outputs } = await tls.created("CertRequest", { privateKeyPem });
        assert.deepEqual(outputs.privateKeyPem, new SecretValue(privateKeyPem));
        assert.equal(typeof outputs.certRequestPem, "string");
    });

    it("are unknown in a preview whose keys are unknown", async () => {
        const { outputs } = await tls.created(
            "LocallySignedCert",
            {
                certRequestPem: Unknown,
                caCertPem: Unknown,
                caPrivateKeyPem: new SecretValue(Unknown),
                allowedUses: ["server_auth"],
                validityPeriodHours: 1,
            },
            true,
        );
        assert.equal(outputs.certPem, Unknown);
        assert.deepEqual(outputs.caPrivateKeyPem, new SecretValue(Unknown));
        assert.equal(outputs.isCaCertificate, false);
    });
});
