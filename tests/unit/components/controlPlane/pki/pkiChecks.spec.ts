import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { checkPki, type PkiSettings } from "../../../../../components/controlPlane/pki/pkiChecks";
import { pemOf, testAuthority } from "./testAuthority";

const now = new Date("2026-11-21T12:00:00Z");
const good = testAuthority("2026-01-01", "2036-01-01");
const other = testAuthority("2026-01-01", "2036-01-01");

const problems = (settings: PkiSettings) =>
    checkPki(settings, now).map(({ path, message }) => `${path} ${message}`);
const problemsOf = (own: Parameters<typeof testAuthority>) =>
    problems({ own: { karmada: testAuthority(...own) } });

describe("checks of certificates' settings [KAR-2]", () => {
    it("find nothing in what is right", () => {
        assert.deepEqual(problems({}), []);
        const own = {
            karmada: { ...good, alsoTrusted: other.certPem + good.certPem },
            etcd: other,
        };
        const authorities = { signing: 2, trusted: [2, 1] };
        assert.deepEqual(problems({ generation: 1, authorities, own }), []);
    });

    it("find a key that is another's", () => {
        const { privateKeyPem } = other;
        assert.deepEqual(problems({ own: { etcd: { ...good, privateKeyPem } } }), [
            "own.etcd.privateKeyPem is not the key of certPem; pass the pair that belongs together.",
        ]);
    });

    it("find one authority for two", () => {
        const third = { certPem: pulumi.output(good.certPem), privateKeyPem: good.privateKeyPem };
        assert.deepEqual(problems({ own: { karmada: good, etcd: good, "front-proxy": third } }), [
            "own.etcd.certPem is that of own.karmada; each needs an authority of its own, or who is let in by the one is let in by the other.",
        ]);
    });

    it("find texts that are neither certificate nor key", () => {
        const own = { certPem: "ca.crt", privateKeyPem: "ca.key", alsoTrusted: "old.crt" };
        assert.deepEqual(problems({ own: { "front-proxy": own } }), [
            "own.front-proxy.certPem is not one certificate in PEM; pass the authority's own, without a chain.",
            "own.front-proxy.privateKeyPem is not a private key in PEM without a passphrase.",
            "own.front-proxy.alsoTrusted is not a list of certificates in PEM.",
        ]);
    });

    it("find a chain in the place of one certificate", () => {
        const chain = good.certPem + other.certPem;
        const found = problems({ own: { karmada: { ...good, certPem: chain } } });
        assert.deepEqual(found, [
            "own.karmada.certPem is not one certificate in PEM; pass the authority's own, without a chain.",
        ]);
    });

    it("find a key with a passphrase", () => {
        const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
        const privateKeyPem = privateKey
            .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
            .toString();
        assert.deepEqual(problems({ own: { karmada: { ...good, privateKeyPem } } }), [
            "own.karmada.privateKeyPem is not a private key in PEM without a passphrase.",
        ]);
    });

    it("find a certificate that signs nothing", () => {
        assert.deepEqual(problemsOf(["2026-01-01", "2036-01-01", false]), [
            "own.karmada.certPem of CN=own authority is not an authority's: it lacks the basic constraint CA:TRUE.",
        ]);
    });

    it("find an authority that ends before what it signs is renewed", () => {
        assert.deepEqual(problemsOf(["2026-01-01", "2027-02-17"]), [
            "own.karmada.certPem of CN=own authority ends on 2027-02-17, before what it signs is renewed; use one that lasts 89 days from now at least, and keep this one in alsoTrusted.",
        ]);
        assert.deepEqual(problemsOf(["2026-01-01", "2027-02-19"]), []);
    });

    it("find an authority that has not begun", () => {
        assert.deepEqual(problemsOf(["2027-01-01", "2036-01-01"]), [
            "own.karmada.certPem of CN=own authority is valid from 2027-01-01 on only; use one that is valid now.",
        ]);
    });

    it("leave alone what is not known yet, but not what is beside it", () => {
        const own = {
            certPem: "no certificate",
            privateKeyPem: pulumi.output(Promise.resolve("later")),
        };
        assert.deepEqual(problems({ own: { karmada: own } }).length, 1);
    });

    it("find generations that cannot be, all at once", () => {
        const authorities = { signing: 3, trusted: [1, 1, 0.5] };
        assert.deepEqual(problems({ generation: 0, authorities }), [
            "generation is 0; use a whole number from 1 on.",
            "authorities.trusted[2] is 0.5; use a whole number from 1 on.",
            "authorities.trusted is [1,1,0.5], without 3; what signs must be trusted.",
            "authorities.trusted is [1,1,0.5]; name each once.",
        ]);
    });

    it("take a key of every kind that keys come in", () => {
        const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
        assert.match(
            problems({ own: { karmada: { ...good, privateKeyPem: pemOf(privateKey) } } }).join(),
            /is not the key of certPem/,
        );
    });
});
