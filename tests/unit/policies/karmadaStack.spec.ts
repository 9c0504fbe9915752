import { certificatesNotEnding } from "../../../policies/rules/karmada/certificatesNotEnding";
import { weightsReachMembers } from "../../../policies/rules/karmada/weightsReachMembers";
import { workloadsInRegions } from "../../../policies/rules/karmada/workloadsInRegions";
import { describeRule } from "./describeRule";
import { unknown, type Writable } from "./judge";

const member = (name: string, region: string) => ({
    type: "kubernetes:cluster.karmada.io/v1alpha1:Cluster",
    props: { metadata: { name }, spec: { region } as Writable },
});

const weighted = (weights: Record<string, number>): Writable => ({
    clusterAffinity: { clusterNames: Object.keys(weights) },
    replicaScheduling: {
        weightPreference: {
            staticWeightList: Object.entries(weights).map(([name, weight]) => ({
                targetCluster: { clusterNames: [name] },
                weight,
            })),
        },
    },
});

const shop = () => ({
    web: {
        type: "kubernetes:apps/v1:Deployment",
        props: { metadata: { name: "web", namespace: "shop" }, spec: { replicas: 4 } as Writable },
    },
    policy: {
        type: "kubernetes:policy.karmada.io/v1alpha1:PropagationPolicy",
        props: {
            metadata: { name: "web", namespace: "shop" },
            spec: {
                resourceSelectors: [{ apiVersion: "apps/v1", kind: "Deployment", name: "web" }],
                placement: weighted({ frankfurt: 2, paris: 1, virginia: 1 }),
            } as Writable,
        },
    },
    frankfurt: member("frankfurt", "eu-central-1"),
    paris: member("paris", "eu-west-3"),
    virginia: member("virginia", "us-east-1"),
});

describe("rules for where replicas go", () => {
    describeRule(weightsReachMembers, {
        good: shop(),
        alsoGood: {
            "what is stopped": ({ web }) => (web.props.spec.replicas = 0),
            "another workload with fewer": ({ web }) => {
                web.props.spec.replicas = 1;
                web.props.metadata.name = "else";
            },
            "weights for whoever has a label": ({ web, policy }) => {
                web.props.spec.replicas = 1;
                policy.props.spec.placement = {
                    replicaScheduling: {
                        weightPreference: {
                            staticWeightList: [{ targetCluster: { labelSelector: {} }, weight: 1 }],
                        },
                    },
                };
            },
        },
        bad: {
            "fewer replicas than members": {
                change: ({ web }) => (web.props.spec.replicas = 2),
                says: /web: .*spec\.replicas is 2, divided by weights that add up to 4 in "policy", and paris, virginia may get none/,
            },
            "a weight that is too small": {
                change: ({ policy }) =>
                    (policy.props.spec.placement = weighted({ frankfurt: 90, virginia: 10 })),
                says: /add up to 100 in "policy", and virginia may get none/,
            },
            "the default of one replica": {
                change: ({ web }) => (web.props.spec = {}),
                says: /spec\.replicas is 1/,
            },
            "too few for all workloads of a namespace": {
                change: ({ web, policy }) => {
                    web.props.spec.replicas = 2;
                    policy.props.spec.resourceSelectors = [{ kind: "Deployment" }];
                },
                says: /spec\.replicas is 2/,
            },
        },
        unknown: { "how many": ({ web }) => (web.props.spec.replicas = unknown) },
    });

    const inEurope = { regions: { shop: ["eu-central-1", "eu-west-3"] } };
    describeRule(workloadsInRegions, {
        good: {
            ...shop(),
            policy: {
                ...shop().policy,
                props: {
                    ...shop().policy.props,
                    spec: {
                        resourceSelectors: [{ kind: "Deployment", namespace: "shop" }],
                        placement: weighted({ frankfurt: 1, paris: 1 }),
                    } as Writable,
                },
            },
        },
        alsoGood: {
            "a weight by which a member gets nothing": {
                change: ({ policy }) =>
                    (policy.props.spec.placement = weighted({ frankfurt: 100, virginia: 1 })),
                config: inEurope,
            },
            "members elsewhere being excluded": {
                change: ({ policy }) =>
                    (policy.props.spec.placement = {
                        clusterAffinity: { exclude: ["virginia"] },
                    }),
                config: inEurope,
            },
            "a namespace that may run anywhere": {
                change: ({ policy }) => (policy.props.spec.placement = weighted({ virginia: 1 })),
                config: { regions: { other: ["eu-central-1"] } },
            },
        },
        bad: {
            "a weight for a member elsewhere": {
                change: ({ policy }) =>
                    (policy.props.spec.placement = weighted({ frankfurt: 1, virginia: 1 })),
                says: /policy: .*"web" goes to virginia in us-east-1, and may run in eu-central-1, eu-west-3 only: leave virginia out/,
                config: inEurope,
            },
            "copies for a member elsewhere": {
                change: ({ policy }) =>
                    (policy.props.spec.placement = {
                        clusterAffinity: { clusterNames: ["frankfurt", "virginia"] },
                    }),
                says: /goes to virginia/,
                config: inEurope,
            },
            "all members, one of which is elsewhere": {
                change: ({ policy }) => (policy.props.spec.placement = {}),
                says: /goes to virginia/,
                config: inEurope,
            },
            "a member nobody knows the region of": {
                change: ({ paris }) => delete paris.props.spec.region,
                says: /goes to paris in a region the program does not declare/,
                config: inEurope,
            },
        },
        unknown: {
            "where a member is": {
                change: ({ paris }) => (paris.props.spec.region = unknown),
                config: inEurope,
            },
        },
    });
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe("rules for how long certificates hold", () => {
    describeRule(certificatesNotEnding, {
        good: {
            leaf: {
                type: "tls:index/locallySignedCert:LocallySignedCert",
                props: { validityEndTime: inDays(90) } as Writable,
            },
            authority: {
                type: "tls:index/selfSignedCert:SelfSignedCert",
                props: { validityEndTime: inDays(3000) } as Writable,
            },
            plane: {
                type: "pulumi-karmada-eks:index:KarmadaControlPlane",
                props: {
                    ledger: [
                        { name: "karmada-authority", generation: "own", notAfter: inDays(3000) },
                        { name: "apiserver", generation: "1", notAfter: inDays(90) },
                    ] as Writable[],
                },
            },
        },
        alsoGood: {
            "what is still to be made": ({ leaf }) => delete leaf.props.validityEndTime,
            "ten days, where seven are enough": {
                change: ({ leaf }) => (leaf.props.validityEndTime = inDays(10)),
                config: { days: 7 },
            },
        },
        bad: {
            "a leaf that ends next week": {
                change: ({ leaf }) => (leaf.props.validityEndTime = inDays(7)),
                says: /leaf: .*it ends on 20.*, in less than 30 days or already: renew it/,
            },
            "an authority that has ended": {
                change: ({ authority }) => (authority.props.validityEndTime = inDays(-1)),
                says: /authority: .*it ends on 20/,
            },
            "an authority that was given": {
                change: ({ plane }) => (plane.props.ledger[0]!.notAfter = inDays(29)),
                says: /plane: .*karmada-authority in its ledger ends on 20.*: pass another/,
            },
        },
        unknown: {
            "the end": ({ leaf }) => (leaf.props.validityEndTime = unknown),
        },
    });
});
