import assert from "node:assert/strict";
import {
    arrows,
    arrowsOf,
    networkPolicies,
    type Traffic,
} from "../../../../components/controlPlane/networkPolicies";
import { partsOf } from "../../../../components/controlPlane/parts/partsOf";

const everyPart = { search: true, metricsAdapter: true, descheduler: true, estimators: true };

interface Spec {
    readonly ingress: readonly { from?: { namespaceSelector?: unknown }[]; ports: unknown }[];
    readonly egress: unknown;
}

const specOf = (traffic: Traffic, app: string) =>
    networkPolicies(traffic).find(({ metadata }) => metadata.name === app)?.spec as
        Spec | undefined;

describe("the network policies of the control plane", () => {
    it("deny what no arrow allows", () => {
        const [deny] = networkPolicies({ issuers: false });
        assert.deepEqual(deny?.spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    });

    it("let nobody near etcd but the API servers, the backup and etcd", () => {
        const clients = (all: typeof arrows) =>
            all.filter(({ to }) => to === "etcd").map(({ from }) => from);
        const always = [
            "etcd",
            "karmada-aggregated-apiserver",
            "karmada-apiserver",
            "karmada-etcd-backup",
        ];
        assert.deepEqual(clients(arrows).sort(), always);
        assert.deepEqual(clients(arrowsOf(everyPart)).sort(), [...always, "karmada-search"]);
    });

    it("let the API server out to the internet only for issuers' keys", () => {
        const egress = (issuers: boolean) =>
            JSON.stringify(specOf({ issuers }, "karmada-apiserver")?.egress);
        assert.equal(egress(true), "[{}]");
        assert.notEqual(egress(false), "[{}]");
    });

    it("let a part have its connections only where the part is", () => {
        const app = "karmada-metrics-adapter";
        assert.equal(specOf({ issuers: false }, app), undefined);
        const spec = specOf({ issuers: false, optional: { metricsAdapter: true } }, app);
        assert.deepEqual(spec?.ingress, [
            {
                from: [{ podSelector: { matchLabels: { app: "karmada-apiserver" } } }],
                ports: [{ port: 6443, protocol: "TCP" }],
            },
        ]);
        assert.deepEqual(spec.egress, [{}]);
    });

    it("let nobody ask an estimator but the scheduler and the descheduler", () => {
        const traffic = { issuers: false, optional: everyPart };
        const spec = specOf(traffic, "karmada-scheduler-estimator");
        const callers = JSON.stringify(spec?.ingress.map(({ from }) => from));
        assert.match(callers, /karmada-scheduler".*karmada-descheduler"|karmada-descheduler"/);
        assert.equal(spec?.ingress.length, 2);
    });

    it("let Prometheus in from its namespace, to each part's metrics and no other port", () => {
        const traffic = { issuers: false, optional: everyPart, monitoredFrom: "monitoring" };
        const parts = partsOf({
            etcdServers: [],
            servers: 3,
            controllers: 2,
            optional: everyPart,
            monitored: true,
        });
        const monitored = Object.values(parts).filter(({ name }) => name !== "karmada-apiserver");
        for (const { name, ports, metrics } of monitored) {
            const rule = specOf(traffic, name)?.ingress.find(({ from }) =>
                from?.some(({ namespaceSelector }) => namespaceSelector !== undefined),
            );
            assert.deepEqual(rule, {
                from: [
                    {
                        namespaceSelector: {
                            matchLabels: { "kubernetes.io/metadata.name": "monitoring" },
                        },
                    },
                ],
                ports: [{ port: ports[metrics.port], protocol: "TCP" }],
            });
        }
        const unmonitored = JSON.stringify(
            networkPolicies({ ...traffic, monitoredFrom: undefined }),
        );
        assert.doesNotMatch(unmonitored, /namespaceSelector/);
    });
});
