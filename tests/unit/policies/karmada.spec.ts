import { certificatesNameHosts } from "../../../policies/rules/karmada/certificatesNameHosts";
import { certificatesShortLived } from "../../../policies/rules/karmada/certificatesShortLived";
import { imagesPinned } from "../../../policies/rules/karmada/imagesPinned";
import { kubeconfigsSecret } from "../../../policies/rules/karmada/kubeconfigsSecret";
import { memberNames } from "../../../policies/rules/karmada/memberNames";
import { memberNamesUnique } from "../../../policies/rules/karmada/memberNamesUnique";
import { namespacesNotReserved } from "../../../policies/rules/karmada/namespacesNotReserved";
import { partsRedundant } from "../../../policies/rules/karmada/partsRedundant";
import { weights } from "../../../policies/rules/karmada/weights";
import { weightsNameMembers } from "../../../policies/rules/karmada/weightsNameMembers";
import { describeRule } from "./describeRule";
import { unknown, type Writable } from "./judge";
import { chart, command, etcdSet, operatorObject } from "./samples";

const member = (name: string) => ({
    type: "kubernetes:cluster.karmada.io/v1alpha1:Cluster",
    props: { metadata: { name } },
});
const weight = (value: unknown, ...clusterNames: string[]) => ({
    targetCluster: { clusterNames },
    weight: value as number,
});
const propagation = () => ({
    type: "kubernetes:policy.karmada.io/v1alpha1:PropagationPolicy",
    props: {
        metadata: { name: "nginx-propagation", namespace: "web" },
        spec: {
            resourceSelectors: [{ kind: "Deployment", name: "nginx", namespace: "web" }],
            placement: {
                clusterAffinity: { clusterNames: ["one", "two", "three"] },
                replicaScheduling: {
                    weightPreference: {
                        staticWeightList: [weight(1, "one", "two"), weight(2, "three")],
                    },
                },
            },
        },
    },
});
const listOf = (policy: ReturnType<typeof propagation>) =>
    policy.props.spec.placement.replicaScheduling.weightPreference.staticWeightList;

describe("rules for members", () => {
    describeRule(memberNames, {
        good: {
            cluster: member("m".repeat(48)),
            join: command("karmadactl join member1 --cluster-kubeconfig=k"),
            register: command("karmadactl register 10.0.0.1:5443 --cluster-name=member2"),
            agent: chart({ agent: { clusterName: "member3" } }),
        },
        alsoGood: {
            "what a shell puts in": ({ join }) => (join.props.create = "karmadactl join $NAME"),
            "other commands": ({ join }) => (join.props.create = "karmadactl get Clusters"),
        },
        bad: {
            "49 characters": {
                change: ({ cluster }) => (cluster.props.metadata.name = "m".repeat(49)),
                says: /metadata\.name is "m{49}"; a member's name has 1 to 48 characters/,
            },
            "capital letters, with a name that would do": {
                change: ({ cluster }) => (cluster.props.metadata.name = "Member_1"),
                says: /metadata\.name is "Member_1".*e\.g\. "member-1"/,
            },
            "a name that Karmada uses itself": {
                change: ({ cluster }) => (cluster.props.metadata.name = "one-impersonator"),
                says: /Karmada itself uses names that end in "impersonator"/,
            },
            "no name": {
                change: ({ cluster }) => delete (cluster.props as Writable).metadata,
                says: /metadata\.name is undefined/,
            },
            "a wrong name in a command": {
                change: ({ join }) =>
                    (join.props.create = "kubectl karmada join -v 4 'Member.1' --kubeconfig=k"),
                says: /create: karmadactl join is "Member\.1"/,
            },
            "a wrong name in a flag": {
                change: ({ register }) =>
                    (register.props.create = "karmadactl register x --cluster-name=-a-"),
                says: /create: karmadactl register is "-a-"/,
            },
            "a wrong name in the agent's chart": {
                change: ({ agent }) => (agent.props.values = { agent: { clusterName: "a.b" } }),
                says: /values\.agent\.clusterName is "a\.b"/,
            },
        },
        unknown: {
            "the name": ({ cluster }) => (cluster.props.metadata.name = unknown),
            "the command": ({ join }) => (join.props.create = unknown),
        },
    });

    describeRule(memberNamesUnique, {
        good: { a: member("one"), b: member("two") },
        bad: {
            "one name for two": {
                change: ({ b }) => (b.props.metadata.name = "one"),
                says: /::b: .*metadata\.name is "one", as of "a"/,
            },
        },
        unknown: { "a name": ({ b }) => (b.props.metadata.name = unknown) },
    });

    describeRule(namespacesNotReserved, {
        good: { policy: propagation() },
        bad: {
            "a policy in Karmada's own namespace": {
                change: ({ policy }) => (policy.props.metadata.namespace = "karmada-web"),
                says: /metadata\.namespace is "karmada-web"/,
            },
            "a workload in Kubernetes' own namespace": {
                change: ({ policy }) =>
                    (policy.props.spec.resourceSelectors[0]!.namespace = "kube-public"),
                says: /resourceSelectors\[0\]\.namespace is "kube-public"/,
            },
        },
        unknown: {
            "the namespace": ({ policy }) => (policy.props.metadata.namespace = unknown),
        },
    });

    describeRule(weights, {
        good: { policy: propagation() },
        alsoGood: {
            "a policy without weights": ({ policy }) => (listOf(policy).length = 0),
        },
        bad: {
            "a weight of nothing": {
                change: ({ policy }) => (listOf(policy)[1] = weight(0, "three")),
                says: /staticWeightList\[1\]\.weight is 0: use a whole number from 1/,
            },
            "half a weight": {
                change: ({ policy }) => (listOf(policy)[1] = weight(0.5, "three")),
                says: /weight is 0\.5/,
            },
            "two weights for one member": {
                change: ({ policy }) => (listOf(policy)[1] = weight(2, "three", "one")),
                says: /staticWeightList\[1\] names "one", as does .*staticWeightList\[0\]/,
            },
            "a member without a weight": {
                change: ({ policy }) =>
                    policy.props.spec.placement.clusterAffinity.clusterNames.push("four"),
                says: /clusterNames has four, which no weight names/,
            },
        },
        unknown: { "a weight": ({ policy }) => (listOf(policy)[0]!.weight = unknown as never) },
    });

    describeRule(weightsNameMembers, {
        good: { policy: propagation(), a: member("one"), b: member("two"), c: member("three") },
        bad: {
            "a weight for nobody": {
                change: ({ c }) => (c.props.metadata.name = "four"),
                says: /policy: .*staticWeightList\[1\] names "three".*members are one, two, four/,
            },
        },
        unknown: { "a weight's member": ({ policy }) => (listOf(policy)[0] = unknown as never) },
    });
});

describe("rules for Karmada's own parts", () => {
    const parts = ["apiServer", "aggregatedApiServer", "webhook", "scheduler", "controllerManager"];
    const inOperator = [
        "karmadaAPIServer",
        "karmadaAggregatedAPIServer",
        "karmadaWebhook",
        "karmadaScheduler",
        "karmadaControllerManager",
    ];
    const twice = (names: readonly string[], key: string) =>
        Object.fromEntries(names.map((name) => [name, { [key]: 2 } as Writable]));
    describeRule(partsRedundant, {
        good: {
            webhook: {
                type: "kubernetes:apps/v1:Deployment",
                props: {
                    metadata: { name: "karmada-webhook", namespace: "karmada-system" },
                    spec: {
                        replicas: 2,
                        template: {
                            metadata: { labels: { app: "karmada-webhook" } },
                            spec: {
                                containers: [
                                    { image: "docker.io/karmada/karmada-webhook:v1.18.1" },
                                ],
                            },
                        },
                    },
                },
            },
            budget: {
                type: "kubernetes:policy/v1:PodDisruptionBudget",
                props: {
                    metadata: { namespace: "karmada-system" },
                    spec: { selector: { matchLabels: { app: "karmada-webhook" } as Writable } },
                },
            },
            chart: chart(twice(parts, "replicaCount")),
            operator: operatorObject(twice(inOperator, "replicas")),
        },
        alsoGood: {
            "something else, once": ({ webhook }) => {
                webhook.props.spec.replicas = 1;
                webhook.props.spec.template.spec.containers[0]!.image = "nginx:1.29";
            },
            "the chart of an agent": ({ chart: release }) =>
                (release.props.values = { installMode: "agent" }),
        },
        bad: {
            "a part that runs once": {
                change: ({ webhook }) => (webhook.props.spec.replicas = 1),
                says: /webhook: .*spec\.replicas is 1: set it to 2 at least/,
            },
            "a part that a drained node takes whole": {
                change: ({ budget }) =>
                    (budget.props.spec.selector.matchLabels = { app: "karmada-scheduler" }),
                says: /no PodDisruptionBudget selects its pods, labelled .*karmada-webhook/,
            },
            "the chart's default of one": {
                change: ({ chart: release }) =>
                    (release.props.values = twice(parts.slice(1), "replicaCount")),
                says: /values\.apiServer\.replicaCount is 1/,
            },
            "a part of the operator's that runs once": {
                change: ({ operator }) =>
                    (operator.props.spec = { components: twice(inOperator.slice(1), "replicas") }),
                says: /spec\.components\.karmadaAPIServer\.replicas is 1/,
            },
        },
        unknown: {
            "how many": ({ webhook }) => (webhook.props.spec.replicas = unknown as never),
        },
    });

    describeRule(certificatesShortLived, {
        good: {
            leaf: {
                type: "tls:index/locallySignedCert:LocallySignedCert",
                props: { validityPeriodHours: 8760 } as Writable,
            },
            chart: chart({ certs: { auto: { expiry: "8760h" } } }),
            operator: operatorObject({}),
            command: command("karmadactl init"),
        },
        alsoGood: {
            "an authority": ({ leaf }) =>
                Object.assign(leaf.props, { isCaCertificate: true, validityPeriodHours: 87600 }),
            "certificates of one's own": ({ chart: release }) =>
                (release.props.values = { certs: { mode: "custom" } }),
        },
        bad: {
            "ten years": {
                change: ({ leaf }) => (leaf.props.validityPeriodHours = 87600),
                says: /validityPeriodHours makes certificates valid for 3650 days: 366 at most/,
            },
            "the chart's default of five years": {
                change: ({ chart: release }) => (release.props.values = {}),
                says: /values\.certs\.auto\.expiry makes certificates valid for 1825 days/,
            },
            "two years by the operator": {
                change: ({ operator }) =>
                    (operator.props.spec = { customCertificate: { leafCertValidityDays: 730 } }),
                says: /leafCertValidityDays makes certificates valid for 730 days/,
            },
            "two years by karmadactl": {
                change: ({ command: call }) =>
                    (call.props.create = "karmadactl init --cert-validity-period=17520h"),
                says: /--cert-validity-period makes certificates valid for 730 days/,
            },
        },
        unknown: { "for how long": ({ leaf }) => (leaf.props.validityPeriodHours = unknown) },
    });

    describeRule(certificatesNameHosts, {
        good: {
            request: {
                type: "tls:index/certRequest:CertRequest",
                props: { dnsNames: ["karmada.example.com"] } as Writable,
            },
            signed: {
                type: "tls:index/locallySignedCert:LocallySignedCert",
                props: { allowedUses: ["server_auth"], certRequestPem: unknown } as Writable,
                madeOf: { certRequestPem: ["request"] },
            },
        },
        alsoGood: {
            "an address": ({ request }) => (request.props = { ipAddresses: ["10.0.0.1"] }),
            "a client's": ({ request, signed }) => {
                request.props = {};
                signed.props.allowedUses = ["client_auth"];
            },
        },
        bad: {
            "a server without a name": {
                change: ({ request }) => (request.props = { subject: { commonName: "karmada" } }),
                says: /request: .*dnsNames and ipAddresses are empty, and "signed" is for a server/,
            },
        },
        unknown: { "the names": ({ request }) => (request.props.dnsNames = unknown) },
    });

    describeRule(imagesPinned, {
        good: {
            set: etcdSet(),
            chart: chart({ karmadaImageVersion: "v1.18.1" }),
        },
        alsoGood: {
            "a digest": ({ set }) =>
                (set.props.spec.template.spec.containers[0]!.image =
                    "localhost:5000/etcd@sha256:1"),
            "a chart of one's own": ({ chart: release }) => {
                release.props = { chart: "./charts/own", version: "", values: {} };
                delete (release.props as Writable).version;
            },
        },
        bad: {
            "whatever is newest": {
                change: ({ set }) =>
                    (set.props.spec.template.spec.containers[0]!.image = "etcd:latest"),
                says: /containers\[0\]\.image is "etcd:latest": write its version/,
            },
            "no version at all": {
                change: ({ set }) =>
                    (set.props.spec.template.spec.containers[0]!.image = "localhost:5000/etcd"),
                says: /image is "localhost:5000\/etcd"/,
            },
            "any version of a chart": {
                change: ({ chart: release }) => delete (release.props as Writable).version,
                says: /version is not set: write the chart's/,
            },
            "the chart's default of latest": {
                change: ({ chart: release }) => (release.props.values = {}),
                says: /karmadaImageVersion is not set, which means latest/,
            },
        },
        unknown: {
            "an image": ({ set }) => (set.props.spec.template.spec.containers[0]!.image = unknown),
        },
    });
});

describe("rules for what comes out", () => {
    describeRule(kubeconfigsSecret, {
        good: {
            whole: {
                type: "pulumi:pulumi:Stack",
                props: { kubeconfig: "…", "secret outputs": ["kubeconfig"] } as Writable,
            },
        },
        bad: {
            "a kubeconfig for all to see": {
                change: ({ whole }) => (whole.props["secret outputs"] = []),
                says: /stack: .*the output "kubeconfig" is not secret/,
            },
            "one of a member": {
                change: ({ whole }) => (whole.props.member_kube_config = "…"),
                says: /the output "member_kube_config" is not secret/,
            },
        },
        unknown: { "a kubeconfig": ({ whole }) => (whole.props.kubeconfigOfMember = unknown) },
    });
});
