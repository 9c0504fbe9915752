import assert from "node:assert/strict";
import * as https from "node:https";
import * as path from "node:path";
import { MemberCluster, SchedulerEstimator } from "../../components";
import { etcdSecrets } from "../../components/controlPlane/etcd/etcdPod";
import { arrowsOf, estimatorApp } from "../../components/controlPlane/networkPolicies";
import { secretNames } from "../../components/controlPlane/secretNames";
import { createAuthority } from "../../local/federation/certificates";
import { type KubeClient, readKubeconfig } from "../../local/kube";
import { conditionOf } from "../../local/plugins/kubernetes/await/readiness";
import { progressOn } from "../../local/support/terminal";
import { ensureMonitoringDefinitions } from "../../local/toolchain";
import { alertedMetrics } from "../e2e/controlPlane/alertedMetrics";
import { ApiCaller } from "../e2e/controlPlane/apiCaller";
import { assertConnected } from "../e2e/controlPlane/connections";
import { ControlPlaneInCluster, namespace } from "../e2e/controlPlane/controlPlaneInCluster";
import { Issuer } from "../e2e/controlPlane/issuer";
import { scrape } from "../e2e/controlPlane/scrape";
import { assertServed, issued } from "../e2e/controlPlane/served";
import { optionalImages, shellImage } from "../e2e/nodes";
import { hostAddress } from "../e2e/nodes/network";
import { eventually } from "../support/eventually";
import { temporaryFolder } from "../support/temporary";

const optional = { descheduler: true, estimators: true, metricsAdapter: true, search: true };
const member = "host";
const sleepers = { name: "sleepers", namespace: "default" };

function broughtAuthority(commonName: string) {
    const { certPem, keyPem } = createAuthority(commonName);
    return { certPem, privateKeyPem: keyPem };
}

describe("a control plane with all optional parts", function () {
    this.timeout(600_000);
    const folder = temporaryFolder();
    let controlPlane: ControlPlaneInCluster;
    let karmada: KubeClient;
    let issuer: Issuer;

    before("bring it up", async function () {
        this.timeout(60 * 60_000);
        controlPlane = await ControlPlaneInCluster.prepare(folder);
        const { nodes } = controlPlane.parent;
        if (nodes === undefined) return this.skip();
        const progress = progressOn(process.stdout);
        await nodes.importImages(await optionalImages(progress));
        const definitions = await ensureMonitoringDefinitions(progress);
        for (const kind of ["podmonitors", "prometheusrules"]) {
            const file = path.join(definitions, `monitoring.coreos.com_${kind}.yaml`);
            await nodes.kubectl("apply", "--server-side", `--filename=${file}`);
        }
        issuer = await Issuer.start(hostAddress);
        const { kubeconfigText } = controlPlane;
        await controlPlane.up({
            args: {
                optional,
                monitoring: { namespace: "monitoring" },
                issuers: [issuer.settings],
                pki: {
                    own: {
                        karmada: broughtAuthority("own-karmada"),
                        "front-proxy": broughtAuthority("own-front-proxy"),
                        etcd: broughtAuthority("own-etcd"),
                    },
                },
            },
            beside: (connection) => {
                const host = new MemberCluster(member, {
                    karmada: connection,
                    kubeconfig: kubeconfigText,
                    mode: "push",
                });
                new SchedulerEstimator(
                    member,
                    {
                        karmada: connection,
                        parentKubeconfig: kubeconfigText,
                        memberKubeconfig: kubeconfigText,
                    },
                    { dependsOn: host },
                );
            },
        });
        karmada = await controlPlane.karmada();
    });

    after(async () => {
        issuer?.stop();
        await karmada?.close();
        await controlPlane?.stop();
    });

    it("has every pod of them ready", async () => {
        for (const app of [
            "karmada-descheduler",
            "karmada-metrics-adapter",
            "karmada-search",
            estimatorApp,
        ]) {
            const pods = await controlPlane.pods(app);
            assert.ok(pods.length >= 2, `${app} has ${pods.length}`);
            for (const pod of pods) {
                assert.equal(conditionOf(pod, "Ready")?.status, "True", pod.metadata.name);
            }
        }
    });

    it("lets people in by their issuer's tokens, as whom these name, and by no others", async () => {
        const email = "ann@example.com";
        const access = readKubeconfig(await controlPlane.adminKubeconfig());
        // Its authority, and not the administrator's own certificate.
        const { ca } = await access.tls();
        const agent = new https.Agent({ ca });
        const statusFor = async (token: string, path: string) => {
            const headers = { Authorization: `Bearer ${token}` };
            const caller = new ApiCaller(access.server, agent, headers);
            return (await caller.call("GET", path)).status;
        };
        const clusters = "/apis/cluster.karmada.io/v1alpha1/clusters";
        const token = issuer.token({ email, groups: ["platform"] });
        await eventually("the issuer's keys are known", async () => {
            assert.equal(await statusFor(token, clusters), 403);
        });
        const rbac = "rbac.authorization.k8s.io";
        const api = `${rbac}/v1`;
        const rules = [
            { apiGroups: ["cluster.karmada.io"], resources: ["clusters"], verbs: ["list"] },
        ];
        const metadata = { name: "platform-sees-clusters" };
        await karmada.create({ apiVersion: api, kind: "ClusterRole", metadata, rules });
        await karmada.create({
            apiVersion: api,
            kind: "ClusterRoleBinding",
            metadata,
            roleRef: { apiGroup: rbac, kind: "ClusterRole", name: metadata.name },
            subjects: [{ apiGroup: rbac, kind: "Group", name: "people:platform" }],
        });
        await eventually("the group may", async () => {
            assert.equal(await statusFor(token, clusters), 200);
        });
        assert.equal(await statusFor(token, "/api/v1/secrets"), 403);
        const others = issuer.token({ email, groups: ["others"] });
        assert.equal(await statusFor(others, clusters), 403);
        const expired = issuer.token({ email, groups: ["platform"], exp: 1_000_000_000 });
        const forOthers = issuer.token({ email, groups: ["platform"], aud: ["elsewhere"] });
        for (const bad of [expired, forOthers, `${token.slice(0, -8)}AAAAAAAA`]) {
            assert.equal(await statusFor(bad, clusters), 401);
        }
        agent.destroy();
    });

    it("answers for what is in its members", async () => {
        await karmada.create({
            apiVersion: "search.karmada.io/v1alpha1",
            kind: "ResourceRegistry",
            metadata: { name: "nodes" },
            spec: {
                targetCluster: { clusterNames: [member] },
                resourceSelectors: [{ apiVersion: "v1", kind: "Node" }],
            },
        });
        await eventually("search finds the nodes", async () => {
            const found = await answerOf(
                "/apis/search.karmada.io/v1alpha1/search/cache/api/v1/nodes",
            );
            const names = (found as { items: { metadata: { name: string } }[] }).items.map(
                ({ metadata }) => metadata.name,
            );
            assert.deepEqual(names.sort(), ["node-1", "node-2", "node-3"]);
        });
        for (const version of ["v1beta1", "v1beta2"]) {
            const { kind } = (await answerOf(`/apis/custom.metrics.k8s.io/${version}`)) as {
                kind: string;
            };
            assert.equal(kind, "APIResourceList");
        }
    });

    it("has its scheduler ask the estimator how much fits into a member", async () => {
        const metadata = sleepers;
        const labels = { app: sleepers.name };
        await karmada.create({
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata,
            spec: {
                replicas: 3,
                selector: { matchLabels: labels },
                template: {
                    metadata: { labels },
                    spec: {
                        terminationGracePeriodSeconds: 1,
                        containers: [
                            {
                                name: "sleep",
                                image: shellImage,
                                // By Karmada's own models of a member, what asks for resources finds no room
                                // on nodes with less than one processor free, as these may be.
                                command: ["sleep", "1000000"],
                            },
                        ],
                    },
                },
            },
        });
        await karmada.create({
            apiVersion: "policy.karmada.io/v1alpha1",
            kind: "PropagationPolicy",
            metadata,
            spec: {
                resourceSelectors: [{ apiVersion: "apps/v1", kind: "Deployment", ...sleepers }],
                placement: {
                    clusterAffinity: { clusterNames: [member] },
                    replicaScheduling: {
                        replicaSchedulingType: "Divided",
                        replicaDivisionPreference: "Weighted",
                        weightPreference: { dynamicWeight: "AvailableReplicas" },
                    },
                },
            },
        });
        const ref = { apiVersion: "apps/v1", kind: "Deployment", ...sleepers };
        await eventually(
            "they run",
            async () => {
                const deployment = await controlPlane.parentClient.get(ref);
                assert.ok(deployment, await whyNotScheduled());
                const { readyReplicas } = deployment["status"] as { readyReplicas?: number };
                assert.equal(readyReplicas, 3);
            },
            180_000,
        );
        const metrics = await Promise.all(
            (await controlPlane.pods(estimatorApp)).map(async ({ status }) => {
                const { podIP } = status as { podIP: string };
                return (await fetch(`http://${podIP}:8080/metrics`)).text();
            }),
        );
        const asked =
            /^karmada_scheduler_estimator_estimating_request_total\{.*result="success".*\} [1-9]/m;
        assert.match(metrics.join("\n"), asked);
    });

    it("has no connections but those that its network policies let through", async () => {
        const allowed = arrowsOf(optional);
        const optionalPart = /search|metrics-adapter|estimator/;
        await assertConnected(controlPlane, {
            allowed,
            lasting: allowed.filter(({ from, to }) => optionalPart.test(`${from} ${to}`)),
        });
    });

    it("tells its metrics to whom the Prometheus Operator's own definitions lead", async () => {
        const pods = await controlPlane.pods();
        const apps = new Set(pods.map(({ metadata }) => metadata.labels!["app"]));
        const scraped = await scrape(controlPlane);
        assert.deepEqual([...scraped.keys()].sort(), [...apps].sort());
        assert.equal([...scraped.values()].flat().length, pods.length);
        const told = [...scraped.values()].flat().join("\n");

        const metrics = await alertedMetrics(controlPlane);
        assert.ok(metrics.length > 5, metrics.join());
        const isTold = (metric: string) => new RegExp(`^${metric}[ {]`, "m").test(told);
        const missing = metrics.filter((metric) => !isTold(metric));
        assert.deepEqual(missing, [], "nobody tells what alerts ask for");
    });

    it("goes by authorities that the user has brought [KAR-2]", async () => {
        const issuers = [secretNames.apiServer, etcdSecrets.peer, secretNames.frontProxyClient];
        const told = await Promise.all(issuers.map((each) => issued(controlPlane, each)));
        assert.deepEqual(
            told.map(({ issuer }) => issuer),
            ["CN=own-karmada", "CN=own-etcd", "CN=own-front-proxy"],
        );
        await assertServed(controlPlane);
    });

    it("goes, and leaves nothing in the parent cluster", async () => {
        await controlPlane.stack.destroy();
        const { parentClient } = controlPlane;
        const host = { apiVersion: "v1", kind: "Namespace", name: namespace };
        assert.equal(await parentClient.get(host), undefined);
    });

    async function whyNotScheduled(): Promise<string> {
        const { namespace } = sleepers;
        const bindings = await karmada.list("work.karmada.io/v1alpha2", "ResourceBinding", {
            namespace,
        });
        return `not in the member: ${JSON.stringify(bindings.map(({ status }) => status))}`;
    }

    async function answerOf(path: string): Promise<unknown> {
        const { status, body } = await karmada.raw(path);
        assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
        return typeof body === "string" ? (JSON.parse(body) as unknown) : body;
    }
});
