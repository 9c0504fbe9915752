import { strict as assert } from "node:assert";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import * as tls from "node:tls";
import { createAuthority, issueLeaf } from "../../../../local/federation/certificates";

describe("certificates", () => {
    it("are accepted on both ends of a connection, under the names they carry", async () => {
        const authority = createAuthority("test-ca");
        const server = issueLeaf(authority, {
            commonName: "server",
            usages: ["server"],
            ipAddresses: ["127.0.0.1"],
        });
        const client = issueLeaf(authority, {
            commonName: "system:admin",
            organization: "system:masters",
            usages: ["client"],
        });
        const listener = tls.createServer({
            cert: server.certPem,
            key: server.keyPem,
            ca: authority.certPem,
            requestCert: true,
            rejectUnauthorized: true,
        });
        listener.listen(0, "127.0.0.1");
        await once(listener, "listening");
        const { port } = listener.address() as { port: number };
        const socket = tls.connect({
            host: "127.0.0.1",
            port,
            ca: authority.certPem,
            cert: client.certPem,
            key: client.keyPem,
        });
        const [[seen]] = (await Promise.all([
            once(listener, "secureConnection"),
            once(socket, "secureConnect"),
        ])) as [[tls.TLSSocket], unknown];
        assert.deepEqual(
            { ...seen.getPeerCertificate().subject },
            { O: "system:masters", CN: "system:admin" },
        );
        socket.destroy();
        listener.close();
    });

    it("of a leaf cannot sign others, and say what they are for", async () => {
        const authority = createAuthority("test-ca");
        const leaf = issueLeaf(authority, {
            commonName: "leaf",
            usages: ["client"],
            dnsNames: ["a.svc"],
        });
        const parsed = new X509Certificate(leaf.certPem);
        assert.equal(parsed.ca, false);
        assert.deepEqual(parsed.keyUsage, ["1.3.6.1.5.5.7.3.2"]);
        assert.equal(parsed.subjectAltName, "DNS:a.svc");
        assert.ok(parsed.verify(new X509Certificate(authority.certPem).publicKey));
        assert.ok(new X509Certificate(authority.certPem).ca);
    });

    it("have serial numbers of their own", async () => {
        const authority = createAuthority("test-ca");
        const request = { commonName: "leaf", usages: ["client"] } as const;
        const serials = await Promise.all(
            [1, 2, 3].map(async () => {
                const leaf = issueLeaf(authority, request);
                return new X509Certificate(leaf.certPem).serialNumber;
            }),
        );
        assert.equal(new Set(serials).size, 3);
    });
});
