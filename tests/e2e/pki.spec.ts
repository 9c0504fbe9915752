import * as assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { LedgerRow } from "../../components/controlPlane/pki/ledger";
import type { AuthorityName, LeafName } from "../../components/controlPlane/pki/leaves";
import { createPki, type PkiArgs } from "../../components/controlPlane/pki/pki";
import { silent } from "../../local/support/progress";
import { ensureBinaries } from "../../local/toolchain";
import { homeWithProviderUnderTest } from "../conformance/serving";
import { inlineStack } from "../support/inlineStack";
import { temporaryFolder } from "../support/temporary";

const leaves = [
    ["apiserver", "karmada"],
    ["admin", "karmada"],
    ["front-proxy-client", "front-proxy"],
    ["etcd-server", "etcd"],
    ["etcd-peer", "etcd"],
    ["etcd-client-backup", "etcd"],
] as const satisfies readonly (readonly [LeafName, AuthorityName])[];

describe("a control plane's certificates under the real engine [KAR-2]", function () {
    this.timeout(180_000);
    const folder = temporaryFolder();
    let home: string;
    let pulumiCli: string;

    before(async function () {
        this.timeout(0);
        ({ pulumi: pulumiCli } = await ensureBinaries(["pulumi"], silent));
        home = await homeWithProviderUnderTest(folder, "tls");
    });

    it("verify against their authorities, stay, and are renewed by a new generation alone", async () => {
        let args: PkiArgs = {
            namespace: "karmada-system",
            endpointHost: "lb.example.com",
            extraNames: ["192.0.2.7"],
            serviceCidrFirstIp: "10.96.0.1",
            etcdMembers: 3,
            now: new Date("2026-11-21T12:00:00Z"),
        };
        const stack = await inlineStack(home, pulumiCli, async () => {
            const pki = createPki("cp", args, {});
            const issued = leaves.map(([name, authority]) => ({
                ...pki.leaf(name),
                bundle: pki.bundle(authority),
            }));
            return { issued: pulumi.output(issued), ledger: pki.ledger };
        });
        const { outputs } = await stack.up();
        const issued = outputs.issued!.value as Record<"certPem" | "keyPem" | "bundle", string>[];
        for (const [at, { certPem, keyPem, bundle }] of issued.entries()) {
            const certificate = new X509Certificate(certPem);
            const [name] = leaves[at]!;
            assert.ok(certificate.verify(new X509Certificate(bundle).publicKey), name);
            assert.ok(certificate.checkPrivateKey(createPrivateKey(keyPem)), name);
        }
        const apiServer = new X509Certificate(issued[0]!.certPem);
        assert.equal(apiServer.checkHost("lb.example.com"), "lb.example.com");
        assert.equal(apiServer.checkIP("192.0.2.7"), "192.0.2.7");
        assert.equal(
            new X509Certificate(issued[1]!.certPem).subject,
            "O=system:masters\nCN=system:admin",
        );
        const [row] = (outputs.ledger!.value as LedgerRow[]).slice(3);
        assert.equal(new Date(apiServer.validTo).getTime(), new Date(row!.notAfter).getTime());
        assert.equal(outputs.ledger!.secret, false);
        assert.doesNotMatch(readFileSync(stack.stateFile, "utf8"), /PRIVATE KEY/);

        const steady = await stack.preview();
        assert.deepEqual(Object.keys(steady.changeSummary), ["same"]);

        args = { ...args, now: new Date("2027-07-01T00:00:00Z") };
        const due = await stack.preview();
        const leafResources = 3 * 15;
        assert.equal(due.changeSummary.create, leafResources);
        assert.equal(due.changeSummary.delete, leafResources);
        assert.match(due.stdout, /cp-apiserver-certificate-3/);
        assert.equal(due.changeSummary.replace, undefined);
        await stack.destroy();
    });
});
