import * as assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import {
    SecretValue,
    Unknown,
    type PropertyMap,
} from "../../../../../local/plugins/protocol/provider";
import { keyInputs, makeAuthority, providerAt, tls, now } from "./support";

const notAKey = "is not an unencrypted private key in PEM (RSA, ECDSA, ED25519)";

describe("inputs of tls certificates", () => {
    it("are all checked at once, each failure naming its property", async () => {
        const failures = await tls.failures("SelfSignedCert", {
            privateKeyPem: new SecretValue("garbage"),
            subject: { commonName: 7, cn: "x", streetAddresses: "one" },
            dnsNames: ["ok.example", "", "käse.example"],
            ipAddresses: ["10.0.0.1", "10.0.0.256", "fe80::1%eth0"],
            uris: ["no-scheme"],
            allowedUses: ["server_auth", "serverAuth"],
            validityPeriodHours: -1,
            earlyRenewalHours: 1.5,
            isCaCertificate: "yes",
            maxPathLength: -2,
        });
        const uses = /^"serverAuth" is not known; use any_extended, cert_signing, client_auth, /;
        const [use] = failures.filter(({ property }) => property === "allowedUses[1]");
        assert.match(use!.reason, uses);
        assert.deepEqual(
            failures.filter(({ property }) => property !== "allowedUses[1]"),
            [
                { property: "privateKeyPem", reason: notAKey },
                {
                    property: "subject.cn",
                    reason:
                        "is not an input; those are country, organization, organizationalUnit, locality, " +
                        "province, streetAddresses, postalCode, commonName, serialNumber, emailAddress",
                },
                {
                    property: "subject.streetAddresses",
                    reason: "must be a list of strings, not a string",
                },
                { property: "subject.commonName", reason: "must be a string, not a number" },
                { property: "dnsNames[1]", reason: '"" is not a DNS name' },
                { property: "dnsNames[2]", reason: '"käse.example" is not a DNS name' },
                { property: "ipAddresses[1]", reason: '"10.0.0.256" is not an IP address' },
                { property: "ipAddresses[2]", reason: '"fe80::1%eth0" is not an IP address' },
                { property: "uris[0]", reason: '"no-scheme" is not an absolute URI' },
                {
                    property: "validityPeriodHours",
                    reason: "must be a whole number from 0 to 69000000, not -1",
                },
                {
                    property: "earlyRenewalHours",
                    reason: "must be a whole number of 0 or more, not 1.5",
                },
                { property: "isCaCertificate", reason: "must be true or false, not a string" },
                {
                    property: "maxPathLength",
                    reason: "must be a whole number of -1 or more, not -2",
                },
            ],
        );
    });

    it("must hold what is required", async () => {
        const required = (names: string[]) =>
            names.map((property) => ({ property, reason: "is required" }));
        assert.deepEqual(
            await tls.failures("LocallySignedCert", {}),
            required([
                ...["certRequestPem", "caCertPem", "caPrivateKeyPem"],
                ...["allowedUses", "validityPeriodHours"],
            ]),
        );
    });

    it("must end before the year 10000", async () => {
        const [failure] = await tls.failures("SelfSignedCert", {
            privateKeyPem: Unknown,
            allowedUses: [],
            validityPeriodHours: 80_000_000,
        });
        assert.deepEqual(failure, {
            property: "validityPeriodHours",
            reason: "must be a whole number from 0 to 69000000, not 80000000",
        });
    });

    it("must name an authority", async () => {
        const { privateKeyPem = "" } = await tls.made("PrivateKey", keyInputs.ED25519);
        const terms = { allowedUses: [], validityPeriodHours: 1, isCaCertificate: true };
        assert.deepEqual(await tls.failures("SelfSignedCert", { privateKeyPem, ...terms }), [
            {
                property: "subject",
                reason: "is required for a certificate authority, with at least one name in it",
            },
        ]);
    });

    const encrypted = generateKeyPairSync("ed25519").privateKey.export({
        type: "pkcs8",
        format: "pem",
        cipher: "aes-256-cbc",
        passphrase: "x",
    });
    const x25519 = generateKeyPairSync("x25519").privateKey.export({
        type: "pkcs8",
        format: "pem",
    });
    for (const [what, pem] of [
        ["an encrypted key", encrypted],
        ["a key that cannot sign", x25519],
        ["an empty text", ""],
    ] as const) {
        it(`refuse ${what}`, async () => {
            const failures = await tls.failures("CertRequest", { privateKeyPem: pem.toString() });
            assert.deepEqual(failures, [{ property: "privateKeyPem", reason: notAKey }]);
        });
    }

    it("refuse a certificate, a request and a key that do not fit", async () => {
        const one = await makeAuthority();
        const other = await makeAuthority();
        const { certRequestPem = "" } = await tls.made("CertRequest", {
            privateKeyPem: one.caPrivateKeyPem,
        });
        const terms = { allowedUses: ["server_auth"], validityPeriodHours: 1 };
        const swapped = { ...terms, certRequestPem: one.caCertPem, caCertPem: certRequestPem };
        assert.deepEqual(
            await tls.failures("LocallySignedCert", {
                ...swapped,
                caPrivateKeyPem: one.caPrivateKeyPem,
            }),
            [
                { property: "certRequestPem", reason: "is not a certificate request in PEM" },
                { property: "caCertPem", reason: "is not a certificate in PEM" },
            ],
        );
        assert.deepEqual(
            await tls.failures("LocallySignedCert", {
                ...terms,
                certRequestPem,
                caCertPem: one.caCertPem,
                caPrivateKeyPem: other.caPrivateKeyPem,
                isCaCertificate: true,
            }),
            [
                {
                    property: "caPrivateKeyPem",
                    reason: "is not the key of the certificate caCertPem",
                },
                {
                    property: "certRequestPem",
                    reason: "has no subject, which a certificate authority needs",
                },
            ],
        );
    });
});

describe("changes of tls resources", () => {
    const inputs: PropertyMap = {
        privateKeyPem: new SecretValue("a"),
        allowedUses: ["server_auth"],
        validityPeriodHours: 24,
    };

    it("may ask for a key's id while nobody knows yet whether there is one", async () => {
        const { privateKeyPem = "" } = await tls.made("PrivateKey", keyInputs.ED25519);
        const news = { ...inputs, privateKeyPem, setAuthorityKeyId: true };
        const known = await tls.failures("SelfSignedCert", news);
        assert.deepEqual(
            known.map(({ property }) => property),
            ["setAuthorityKeyId"],
        );
        const unknown: PropertyMap = { ...news, setSubjectKeyId: Unknown };
        assert.deepEqual(await tls.failures("SelfSignedCert", unknown), []);
    });

    it("are none when only a default was written out or a secret marked", async () => {
        const news = {
            ...inputs,
            privateKeyPem: "a",
            isCaCertificate: false,
            earlyRenewalHours: 0,
        };
        assert.deepEqual(await tls.diff("SelfSignedCert", inputs, news), {
            changes: false,
            replaces: [],
            detailedDiff: {},
        });
    });

    it("make a new resource, naming each input that changed", async () => {
        const changed: PropertyMap = { allowedUses: ["client_auth"], dnsNames: [Unknown] };
        const news = { ...inputs, ...changed };
        assert.deepEqual(await tls.diff("SelfSignedCert", inputs, news), {
            changes: true,
            replaces: ["allowedUses", "dnsNames"],
            detailedDiff: {
                dnsNames: { kind: "add-replace", inputDiff: true },
                allowedUses: { kind: "update-replace", inputDiff: true },
            },
        });
    });

    it("of earlyRenewalHours alone keep the certificate", async () => {
        const news = { ...inputs, earlyRenewalHours: 5 };
        const diff = await tls.diff("SelfSignedCert", inputs, news);
        assert.deepEqual([diff.changes, diff.replaces], [true, []]);
        const old = { ...inputs, earlyRenewalHours: 0, certPem: "pem", readyForRenewal: false };
        const { privateKeyPem = "" } = await tls.made("PrivateKey", keyInputs.ED25519);
        const { outputs } = await tls.update("SelfSignedCert", old, { ...news, privateKeyPem });
        assert.deepEqual([outputs.certPem, outputs.earlyRenewalHours], ["pem", 5]);
        assert.deepEqual(outputs.privateKeyPem, new SecretValue(privateKeyPem));
    });

    it("come by themselves when the time for renewal is there", async () => {
        const early = { ...inputs, earlyRenewalHours: 4 };
        const outputs = { ...early, validityEndTime: "2026-11-22T09:00:00Z" };
        const at = (hours: number) => providerAt(new Date(now.getTime() + hours * 3_600_000));
        const before = await at(19).diff("SelfSignedCert", early, early, outputs);
        assert.equal(before.changes, false);
        const after = await at(20).diff("SelfSignedCert", early, early, outputs);
        assert.deepEqual(after.replaces, ["readyForRenewal"]);
        const unread = await at(19).read("SelfSignedCert", early, outputs);
        assert.deepEqual(unread!.outputs, outputs);
        const read = await at(20).read("SelfSignedCert", early, outputs);
        assert.equal(read!.outputs.readyForRenewal, true);
        const unknown: PropertyMap = { ...early, earlyRenewalHours: Unknown };
        const planned = await at(20).diff("SelfSignedCert", early, unknown, outputs);
        assert.deepEqual([planned.changes, planned.replaces], [true, []]);
    });

    it("cannot come from an import", async () => {
        await assert.rejects(tls.read("PrivateKey", {}, {}), {
            name: "ProviderError",
            message: /cannot be imported/,
        });
    });
});
