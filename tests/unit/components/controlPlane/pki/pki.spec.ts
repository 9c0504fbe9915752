import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { createPki, type PkiArgs } from "../../../../../components/controlPlane/pki/pki";
import {
    bothModes,
    isSecret,
    named,
    one,
    type Registered,
    registeredBy,
    valueOf,
} from "../../../../support/mocks";
import { testAuthority } from "./testAuthority";

const args: PkiArgs = {
    namespace: "karmada-system",
    endpointHost: "lb.example.com",
    extraNames: [],
    serviceCidrFirstIp: "10.96.0.1",
    etcdMembers: 3,
    now: new Date("2026-11-21T12:00:00Z"),
};

const leafNames = [
    "admin",
    "aggregated-apiserver",
    "aggregated-apiserver-client",
    "apiserver",
    "controller-manager",
    "etcd-client-aggregated",
    "etcd-client-apiserver",
    "etcd-client-backup",
    "etcd-peer",
    "etcd-server",
    "front-proxy-client",
    "kube-controller-manager",
    "scheduler",
    "webhook",
    "webhook-client",
];

/** Recognisable outputs of every key and certificate. */
function outputs({ name }: Registered): Record<string, unknown> {
    return {
        certPem: `cert of ${name}\n`,
        certRequestPem: `request of ${name}`,
        privateKeyPem: `key of ${name}`,
        publicKeyPem: `public key of ${name}\n`,
        validityEndTime: "2027-11-21T12:00:00Z",
    };
}

const declared = (more: Partial<PkiArgs> = {}, preview = false) =>
    registeredBy(() => createPki("cp", { ...args, ...more }, {}), { preview, outputs });

const certificateType = "tls:index/locallySignedCert:LocallySignedCert";
const keyType = "tls:index/privateKey:PrivateKey";

describe("createPki [KAR-2]", () => {
    for (const { mode, preview } of bothModes) {
        it(`names each leaf's resources by its generation (${mode})`, async () => {
            const { all } = await declared({}, preview);
            assert.deepEqual(
                named(all, certificateType),
                leafNames.map((leaf) => `cp-${leaf}-certificate-2`).sort(),
            );
            assert.deepEqual(
                named(all, "tls:index/certRequest:CertRequest"),
                leafNames.map((leaf) => `cp-${leaf}-request-2`).sort(),
            );
            assert.deepEqual(
                named(all, keyType),
                [
                    ...leafNames.map((leaf) => `cp-${leaf}-key-2`),
                    "cp-etcd-authority-key-1",
                    "cp-front-proxy-authority-key-1",
                    "cp-karmada-authority-key-1",
                    "cp-service-account-key-1",
                ].sort(),
            );
            assert.deepEqual(named(all, "tls:index/selfSignedCert:SelfSignedCert"), [
                "cp-etcd-authority-1",
                "cp-front-proxy-authority-1",
                "cp-karmada-authority-1",
            ]);
        });

        it(`keeps every key secret, and no certificate (${mode})`, async () => {
            const { all, result } = await declared({}, preview);
            for (const each of all.filter(({ type }) => type !== keyType)) {
                const keys = Object.keys(each.inputs).filter((input) => /rivateKeyPem/.test(input));
                assert.ok(keys.length > 0, each.name);
                for (const key of keys) {
                    assert.ok(isSecret(each.inputs[key]), `${key} of ${each.name}`);
                }
            }
            const { certPem, keyPem } = result.leaf("admin");
            assert.equal(await pulumi.isSecret(keyPem), true);
            assert.equal(await pulumi.isSecret(certPem), false);
            assert.equal(await pulumi.isSecret(result.bundle("karmada")), false);
            assert.equal(await pulumi.isSecret(result.signer("karmada").privateKeyPem), true);
            assert.equal(await pulumi.isSecret(result.serviceAccount.privatePem), true);
            assert.equal(await pulumi.isSecret(result.serviceAccount.publicPem), false);
            assert.equal(await pulumi.isSecret(result.ledger), false);
        });
    }

    it("renews every leaf, and no authority, when the date brings the next generation", async () => {
        const before = (await declared()).all.map(({ name }) => name);
        const { all } = await declared({ now: new Date("2027-07-01T00:00:00Z") });
        const after = all.map(({ name }) => name);
        assert.deepEqual(before.filter((name) => after.includes(name)).sort(), [
            "cp-etcd-authority-1",
            "cp-etcd-authority-key-1",
            "cp-front-proxy-authority-1",
            "cp-front-proxy-authority-key-1",
            "cp-karmada-authority-1",
            "cp-karmada-authority-key-1",
            "cp-service-account-key-1",
        ]);
        assert.deepEqual(
            named(all, certificateType),
            leafNames.map((leaf) => `cp-${leaf}-certificate-3`).sort(),
        );
    });

    it("renews every leaf when asked to", async () => {
        const { all } = await declared({ generation: 1 });
        assert.deepEqual(
            named(all, certificateType),
            leafNames.map((leaf) => `cp-${leaf}-certificate-2-1`).sort(),
        );
    });

    it("signs each leaf by its authority, for a year", async () => {
        const { all } = await declared();
        const { inputs } = one(all, "cp-etcd-peer-certificate-2");
        assert.equal(inputs["caCertPem"], "cert of cp-etcd-authority-1\n");
        assert.equal(inputs["certRequestPem"], "request of cp-etcd-peer-request-2");
        assert.equal(inputs["validityPeriodHours"], 8760);
        assert.deepEqual(inputs["allowedUses"], [
            "digital_signature",
            "server_auth",
            "client_auth",
        ]);
        assert.deepEqual(one(all, "cp-admin-request-2").inputs["subject"], {
            commonName: "system:admin",
            organization: "system:masters",
        });
    });

    it("makes elliptic keys, but RSA for the tokens of service accounts", async () => {
        const { all } = await declared();
        for (const { name, inputs } of all.filter(({ type }) => type === keyType)) {
            const rsa = name === "cp-service-account-key-1";
            assert.equal(inputs["algorithm"], rsa ? "RSA" : "ECDSA", name);
            assert.equal(inputs["ecdsaCurve"], rsa ? undefined : "P256", name);
        }
    });

    it("makes authorities for ten years that can sign", async () => {
        const { inputs } = one((await declared()).all, "cp-karmada-authority-1");
        assert.equal(inputs["isCaCertificate"], true);
        assert.equal(inputs["validityPeriodHours"], 87600);
        assert.deepEqual(inputs["subject"], { commonName: "karmada-ca-1" });
        assert.ok((inputs["allowedUses"] as string[]).includes("cert_signing"));
    });

    it("puts the endpoint into the API server's certificate, known early or late", async () => {
        const names = async (endpointHost: pulumi.Input<string>) =>
            one((await declared({ endpointHost })).all, "cp-apiserver-request-2").inputs;
        const early = await names("lb.example.com");
        assert.ok((early["dnsNames"] as string[]).includes("lb.example.com"));
        assert.deepEqual(await names(pulumi.output(Promise.resolve("lb.example.com"))), early);
        const address = await names(pulumi.output("192.0.2.9"));
        assert.deepEqual(address["ipAddresses"], ["127.0.0.1", "10.96.0.1", "192.0.2.9"]);
    });

    it("shows the other leaves in a preview that does not know the endpoint yet", async () => {
        const { all } = await registeredBy(
            () => {
                const loadBalancer = new tls.PrivateKey("not-yet", { algorithm: "ED25519" });
                return createPki("cp", { ...args, endpointHost: loadBalancer.id }, {});
            },
            { preview: true, outputs },
        );
        const names = (leaf: string) => one(all, `cp-${leaf}-request-2`).inputs["dnsNames"];
        assert.ok(!Array.isArray(names("apiserver")));
        assert.ok((names("webhook") as string[]).includes("karmada-webhook"));
    });

    it("replaces authorities in three steps without a moment of distrust", async () => {
        const step = async (signing: number, trusted: number[]) => {
            const { all, result } = await declared({ authorities: { signing, trusted } });
            return {
                signedBy: one(all, "cp-webhook-certificate-2").inputs["caCertPem"],
                bundle: await valueOf(result.bundle("karmada")),
                tokens: await valueOf(result.serviceAccount.publicPem),
                tokenKey: await valueOf(result.serviceAccount.privatePem),
            };
        };
        const certificate = (generation: number) => `cert of cp-karmada-authority-${generation}\n`;
        const publicKey = (generation: number) =>
            `public key of cp-service-account-key-${generation}\n`;
        assert.deepEqual(await step(1, [1, 2]), {
            signedBy: certificate(1),
            bundle: certificate(1) + certificate(2),
            tokens: publicKey(1) + publicKey(2),
            tokenKey: "key of cp-service-account-key-1",
        });
        assert.deepEqual(await step(2, [1, 2]), {
            signedBy: certificate(2),
            bundle: certificate(2) + certificate(1),
            tokens: publicKey(2) + publicKey(1),
            tokenKey: "key of cp-service-account-key-2",
        });
        assert.deepEqual(await step(2, [2]), {
            signedBy: certificate(2),
            bundle: certificate(2),
            tokens: publicKey(2),
            tokenKey: "key of cp-service-account-key-2",
        });
    });

    it("keeps a ledger of every certificate", async () => {
        const { result } = await declared();
        const rows = (await valueOf(result.ledger))!;
        assert.equal(rows.length, leafNames.length + 3);
        assert.deepEqual(
            rows.find(({ name }) => name === "admin"),
            {
                name: "admin",
                subject: "CN=system:admin, O=system:masters",
                names: [],
                notAfter: "2027-11-21T12:00:00Z",
                generation: "2",
                renewal: "renews with the next up after 2027-07-01",
            },
        );
        const apiServer = rows.find(({ name }) => name === "apiserver")!;
        assert.ok(apiServer.names.includes("lb.example.com"));
        assert.ok(apiServer.names.includes("10.96.0.1"));
        assert.deepEqual(rows[0], {
            name: "karmada-authority",
            subject: "CN=karmada-ca-1",
            names: [],
            notAfter: "2027-11-21T12:00:00Z",
            generation: "1",
            renewal: "is replaced by naming a new generation of authorities",
        });
    });

    describe("with an authority of the user's", () => {
        const own = testAuthority("2026-01-01", "2036-01-01");
        const outgoing = testAuthority("2020-01-01", "2027-01-01").certPem;

        it("signs by it and makes none for that", async () => {
            const karmada = { ...own, alsoTrusted: outgoing };
            const { all, result } = await declared({ own: { karmada } });
            assert.deepEqual(named(all, "tls:index/selfSignedCert:SelfSignedCert"), [
                "cp-etcd-authority-1",
                "cp-front-proxy-authority-1",
            ]);
            const { inputs } = one(all, "cp-admin-certificate-2");
            assert.equal(inputs["caCertPem"], own.certPem);
            assert.ok(isSecret(inputs["caPrivateKeyPem"]));
            const bundle = await valueOf(result.bundle("karmada"));
            assert.equal(bundle, `${own.certPem.trimEnd()}\n${outgoing.trimEnd()}\n`);
            const rows = await valueOf(result.ledger);
            assert.deepEqual(rows![0], {
                name: "karmada-authority",
                subject: "CN=own authority",
                names: [],
                notAfter: "2036-01-01T00:00:00.000Z",
                generation: "own",
                renewal: "is replaced by passing another",
            });
        });

        it("keeps its key secret and its certificate open, even if both came as secrets", async () => {
            const karmada = {
                certPem: pulumi.secret(own.certPem),
                privateKeyPem: pulumi.secret(own.privateKeyPem),
            };
            const { all, result } = await declared({ own: { karmada } });
            const { inputs } = one(all, "cp-admin-certificate-2");
            assert.equal(inputs["caCertPem"], own.certPem);
            assert.ok(isSecret(inputs["caPrivateKeyPem"]));
            assert.equal(await pulumi.isSecret(result.bundle("karmada")), false);
        });

        it("refuses one that turns out wrong only later, before it signs anything", async () => {
            const privateKeyPem = pulumi.output(
                Promise.resolve(testAuthority("2026-01-01", "2036-01-01").privateKeyPem),
            );
            await assert.rejects(
                declared({ own: { karmada: { ...own, privateKeyPem } } }),
                /own\.karmada\.privateKeyPem is not the key of certPem/,
            );
        });
    });
});
