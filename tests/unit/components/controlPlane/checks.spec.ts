import assert from "node:assert/strict";
import {
    checkControlPlane,
    type ControlPlaneFacts,
} from "../../../../components/controlPlane/checks";
import { versions } from "../../../../components/versions";

const good: ControlPlaneFacts = {
    endpoint: { host: "karmada.example.com", port: 32443 },
    extraNames: ["karmada.internal", "10.0.0.7", "fd00::1"],
    nodePort: 32443,
    servers: 3,
    controllers: 2,
    memoryLimits: {},
    versions,
    issuers: [],
    encryptionGenerations: [1],
    etcd: { members: 3, storageClassName: "ebs-sc", storageSize: "10Gi", quota: "2Gi" },
    pki: {},
    optional: {},
    strict: false,
};
const now = new Date("2026-11-21");

const paths = (change: Partial<ControlPlaneFacts>) =>
    checkControlPlane({ ...good, ...change }, now).map(({ path }) => path);

describe("what is checked of a control plane", () => {
    it("is content with names, addresses and the versions of the table", () => {
        assert.deepEqual(checkControlPlane(good, now), []);
    });

    it("reports every problem at once", () => {
        const found = paths({ endpoint: { host: "*.example.com", port: 0 }, nodePort: 80 });
        assert.deepEqual(found, ["endpoint.host", "endpoint.port", "nodePort"]);
    });

    for (const name of ["*.example.com", "https://a.example", "a b", "", "1.2.3", "-a.example"]) {
        it(`refuses ${JSON.stringify(name)} in a certificate`, () => {
            assert.deepEqual(paths({ extraNames: [name] }), ["extraNames[0]"]);
        });
    }

    it("refuses memory that is too little or no quantity, and a part that there is not", () => {
        const memoryLimits = {
            ...{ apiServer: "4Gi", etcd: "100Mi", webhook: "1 Gi", search: "4Gi" },
            karmada: "4Gi",
        };
        assert.deepEqual(
            checkControlPlane({ ...good, memoryLimits }, now).map(
                ({ path, message }) => `${path} ${message}`.split(";")[0],
            ),
            [
                'memoryLimits.etcd is "100Mi"',
                'memoryLimits.webhook is "1 Gi"',
                "memoryLimits.search is of no use without optional.search",
                "memoryLimits.karmada is no part",
            ],
        );
    });

    it("asks for the endpoint", () => {
        assert.deepEqual(paths({ endpoint: undefined }), ["endpoint"]);
    });

    it("refuses a pair of versions that the table does not have, and names those it has", () => {
        const unpaired = { ...versions, kubernetes: "1.30.1" };
        const [problem] = checkControlPlane({ ...good, versions: unpaired }, now);
        assert.equal(problem?.path, "versions.kubernetes");
        assert.match(problem.message, /1\.34 or 1\.35/);
        assert.deepEqual(paths({ versions: { ...versions, karmada: "1.9.0" } }), [
            "versions.karmada",
        ]);
    });

    it("refuses an issuer's authority that is no certificate", () => {
        const issuer = { url: "https://id", audiences: ["a"], usernameClaim: "sub" };
        const certificateAuthority = "/etc/ssl/ca.crt";
        const issuers = [{ ...issuer, usernamePrefix: "people:", certificateAuthority }];
        assert.deepEqual(paths({ issuers }), ["issuers[0].certificateAuthority"]);
    });

    it("refuses an issuer whose users could pass for the system's", () => {
        const issuer = { url: "http://id", audiences: [], usernameClaim: "sub" };
        assert.deepEqual(paths({ issuers: [{ ...issuer, usernamePrefix: "system:" }] }), [
            "issuers[0].url",
            "issuers[0].audiences",
            "issuers[0].usernamePrefix",
        ]);
    });

    it("refuses an issuer named twice, and one whose users have no name", () => {
        const issuer = { url: "https://id", audiences: ["karmada"], usernamePrefix: "people:" };
        const issuers = ["sub", ""].map((usernameClaim) => ({ ...issuer, usernameClaim }));
        assert.deepEqual(paths({ issuers }), ["issuers[1].usernameClaim", "issuers[1].url"]);
    });

    it("refuses an encryption key named twice or none", () => {
        assert.deepEqual(paths({ encryptionGenerations: [] }), ["encryptionGenerations"]);
        assert.deepEqual(paths({ encryptionGenerations: [2, 2] }), ["encryptionGenerations"]);
    });

    it("refuses a descheduler that would have nobody to ask", () => {
        assert.deepEqual(paths({ optional: { descheduler: true } }), ["optional.descheduler"]);
        assert.deepEqual(paths({ optional: { descheduler: true, estimators: true } }), []);
    });

    it("refuses monitoring from nowhere, and of a backup that can only be too old", () => {
        const monitoring = { namespace: "Monitoring", oldestBackupHours: 0 };
        assert.deepEqual(paths({ monitoring }), [
            "monitoring.namespace",
            "monitoring.oldestBackupHours",
        ]);
    });

    it("names what one loss could stop, when nothing may", () => {
        const etcd = { ...good.etcd, zoneSpread: "preferred" } as const;
        const weak = { etcd, servers: 1, controllers: 1 };
        assert.deepEqual(paths(weak), []);
        assert.deepEqual(paths({ ...weak, strict: true }), [
            "etcd.zoneSpread",
            "servers",
            "controllers",
        ]);
    });
});
