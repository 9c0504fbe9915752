import { etcdBackedUp } from "../../../policies/rules/karmada/etcdBackedUp";
import { etcdFlags } from "../../../policies/rules/karmada/etcdFlags";
import { etcdMembersOdd } from "../../../policies/rules/karmada/etcdMembersOdd";
import { etcdSpread } from "../../../policies/rules/karmada/etcdSpread";
import { etcdStorage } from "../../../policies/rules/karmada/etcdStorage";
import { describeRule } from "./describeRule";
import { unknown } from "./judge";
import { chart, command, etcdSet, operatorObject } from "./samples";

describe("rules for etcd", () => {
    describeRule(etcdMembersOdd, {
        good: {
            set: etcdSet(),
            chart: chart({ etcd: { internal: { replicaCount: 3 } } }),
            operator: operatorObject({ etcd: { local: { replicas: 5 } } }),
            command: command("karmadactl init --etcd-replicas=3 && echo done"),
        },
        alsoGood: {
            "an etcd that is stopped": ({ set }) => (set.props.spec.replicas = 0),
            "a StatefulSet of something else": ({ set }) => {
                set.props.spec.replicas = 2;
                set.props.spec.template.spec.containers[0]!.image = "docker.io/library/nginx:1.29";
                set.props.spec.template.spec.containers[0]!.command = ["/bin/nginx"];
            },
            "somebody else's chart": ({ chart }) => {
                chart.props.chart = "prometheus";
                chart.props.values = { etcd: { internal: { replicaCount: 2 } } };
            },
            "an external etcd, by chart": ({ chart }) =>
                (chart.props.values = { etcd: { mode: "external" } }),
            "an external etcd, by operator": ({ operator }) =>
                (operator.props.spec = { components: { etcd: { external: {} } } }),
            "an external etcd, by command": ({ command }) =>
                (command.props.create = "karmadactl init --external-etcd-servers=https://e:2379"),
            "another command": ({ command }) => (command.props.create = "karmadactl get clusters"),
            "one member where the configuration lets it": {
                change: ({ set }) => (set.props.spec.replicas = 1),
                config: { minimum: 1 },
            },
        },
        bad: {
            "two members": {
                change: ({ set }) => (set.props.spec.replicas = 2),
                says: /spec\.replicas is 2, an even number.*set it to 1 or 3/,
            },
            "four members by the chart": {
                change: ({ chart }) =>
                    (chart.props.values = { etcd: { internal: { replicaCount: 4 } } }),
                says: /values\.etcd\.internal\.replicaCount is 4, an even.*3 or 5/,
            },
            "the chart's default of one": {
                change: ({ chart }) => (chart.props.values = {}),
                says: /replicaCount is 1, and a majority.*set it to 3/,
            },
            "six members by the operator": {
                change: ({ operator }) =>
                    (operator.props.spec = { components: { etcd: { local: { replicas: 6 } } } }),
                says: /spec\.components\.etcd\.local\.replicas is 6/,
            },
            "two members by karmadactl": {
                change: ({ command }) =>
                    (command.props.create = "kubectl karmada init \\\n  --etcd-replicas 2"),
                says: /create: --etcd-replicas is 2/,
            },
            "nine members": {
                change: ({ set }) => (set.props.spec.replicas = 9),
                says: /is 9: set it to 7 at most/,
            },
            "a number that is none": {
                change: ({ command }) =>
                    (command.props.create = "karmadactl init --etcd-replicas=$COUNT"),
                says: /is "\$COUNT", which is no number of members/,
            },
        },
        unknown: {
            "how many members": ({ set }) => (set.props.spec.replicas = unknown as never),
            "the command": ({ command }) => (command.props.create = unknown),
        },
    });

    const zoneSpread = {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "DoNotSchedule",
    };
    const apart = (topologyKey: string) => ({
        podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey }],
        },
    });
    describeRule(etcdSpread, {
        good: {
            set: etcdSet(),
            chart: chart({
                etcd: {
                    internal: { replicaCount: 3 },
                    affinity: apart("topology.kubernetes.io/zone"),
                },
            }),
            operator: operatorObject({
                etcd: { local: { replicas: 3, affinity: apart("topology.kubernetes.io/zone") } },
            }),
        },
        alsoGood: {
            "a single member": ({ set }) => {
                set.props.spec.replicas = 1;
                set.props.spec.template.spec.affinity = {} as never;
            },
            "zones that do not count": {
                change: ({ set }) => (set.props.spec.template.spec.topologySpreadConstraints = []),
                config: { zones: false },
            },
        },
        bad: {
            "members that may share a node": {
                change: ({ set }) => {
                    set.props.spec.template.spec.affinity = {} as never;
                    set.props.spec.template.spec.topologySpreadConstraints = [];
                },
                config: { zones: false },
                says: /spec\.template\.spec lets two members onto one node/,
            },
            "members that may share a zone": {
                change: ({ set }) =>
                    (set.props.spec.template.spec.topologySpreadConstraints = [
                        { ...zoneSpread, whenUnsatisfiable: "ScheduleAnyway" },
                    ]),
                says: /lets a zone have most of the members/,
            },
            "the chart's own placement": {
                change: ({ chart }) =>
                    (chart.props.values = { etcd: { internal: { replicaCount: 3 } } }),
                says: /values\.etcd\.affinity lets a zone have most/,
            },
            "an operator's object that says nothing": {
                change: ({ operator }) =>
                    (operator.props.spec = { components: { etcd: { local: { replicas: 3 } } } }),
                config: { zones: false },
                says: /etcd\.local\.affinity lets two members onto one node/,
            },
        },
        unknown: {
            "the affinity": ({ set }) => (set.props.spec.template.spec.affinity = unknown as never),
        },
    });

    describeRule(etcdStorage, {
        good: {
            set: etcdSet(),
            chart: chart({ etcd: { internal: { replicaCount: 3, storageType: "pvc" } } }),
            operator: operatorObject({
                etcd: { local: { replicas: 3, volumeData: { volumeClaim: {} } } },
            }),
            command: command("karmadactl init --etcd-replicas=3 --etcd-storage-mode=PVC"),
            "ebs-sc": {
                type: "kubernetes:storage.k8s.io/v1:StorageClass",
                props: { provisioner: "ebs.csi.aws.com", parameters: { encrypted: "true" } },
            },
        },
        alsoGood: {
            "somebody else's class": (samples) =>
                (samples["ebs-sc"].props = { provisioner: "example.com/nfs" } as never),
        },
        bad: {
            "data in the pod": {
                change: ({ set }) => (set.props.spec.volumeClaimTemplates = []),
                says: /spec\.volumeClaimTemplates: data is lost with a pod/,
            },
            "data on the node": {
                change: ({ set }) =>
                    (set.props.spec.template.spec.volumes = [{ hostPath: { path: "/data" } }]),
                says: /data lies on a node/,
            },
            "the chart's default": {
                change: ({ chart }) =>
                    (chart.props.values = { etcd: { internal: { replicaCount: 3 } } }),
                says: /values\.etcd\.internal\.storageType: data lies on a node/,
            },
            "a path of the node, by the operator": {
                change: ({ operator }) =>
                    (operator.props.spec = {
                        components: { etcd: { local: { volumeData: { hostPath: {} } } } },
                    }),
                says: /volumeData: data lies on a node/,
            },
            "the operator's default": {
                change: ({ operator }) => (operator.props.spec = {}),
                says: /volumeData: data is lost with a pod/,
            },
            "karmadactl's default": {
                change: ({ command }) => (command.props.create = "karmadactl init"),
                says: /--etcd-storage-mode: data lies on a node/,
            },
            "a class that does not encrypt": {
                change: (samples) => (samples["ebs-sc"].props.parameters = {} as never),
                says: /parameters\.encrypted is not "true"/,
            },
        },
        unknown: {
            "the claims": ({ set }) => (set.props.spec.volumeClaimTemplates = unknown as never),
        },
    });

    describeRule(etcdFlags, {
        good: {
            set: etcdSet(),
            chart: chart({ etcd: { mode: "external" } }),
        },
        alsoGood: {
            "flags in a file": ({ set }) =>
                (set.props.spec.template.spec.containers[0]!.args = ["/etc/etcd.yaml"]),
            "a single member by the chart": ({ chart }) => (chart.props.values = {}),
        },
        bad: Object.fromEntries([
            ...[
                "quota-backend-bytes",
                "auto-compaction-retention",
                "cert-file",
                "client-cert-auth",
                "peer-cert-file",
                "peer-trusted-ca-file",
                "peer-client-cert-auth",
            ].map((flag) => [
                `an etcd without --${flag}`,
                {
                    change: ({ set }: { set: ReturnType<typeof etcdSet> }) => {
                        const [container] = set.props.spec.template.spec.containers;
                        container!.args = container!.args.filter(
                            (word) => !word.startsWith(`--${flag}=`),
                        );
                    },
                    says: new RegExp(`args lacks --${flag}: `),
                },
            ]),
            [
                "the chart's etcd of three",
                {
                    change: ({ chart: release }: { chart: ReturnType<typeof chart> }) =>
                        (release.props.values = { etcd: { internal: { replicaCount: 3 } } }),
                    says: /values\.etcd\.mode is not "external"/,
                },
            ],
        ]),
        unknown: {
            "a flag": ({ set }) => (set.props.spec.template.spec.containers[0]!.args[0] = unknown),
        },
    });

    describeRule(etcdBackedUp, {
        good: {
            set: etcdSet(),
            job: {
                type: "kubernetes:batch/v1:CronJob",
                props: {
                    spec: {
                        jobTemplate: {
                            spec: {
                                template: {
                                    spec: {
                                        containers: [
                                            { command: ["etcdctl", "snapshot", "save", "/x.db"] },
                                        ],
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
        alsoGood: {
            "a StatefulSet of something else": ({ set, job }) => {
                set.props.spec.template.spec.containers = [];
                job.type = "kubernetes:batch/v1:Job";
            },
        },
        bad: {
            "an etcd without a backup": {
                change: ({ job }) => (job.type = "test:index:Other"),
                says: /set: .*no CronJob of the program saves snapshots/,
            },
            "a CronJob that does something else": {
                change: ({ job }) =>
                    (job.props.spec.jobTemplate.spec.template.spec.containers[0]!.command = [
                        "date",
                    ]),
                says: /no CronJob of the program saves snapshots/,
            },
        },
        unknown: {
            "what the job runs": ({ job }) =>
                (job.props.spec.jobTemplate.spec.template.spec.containers[0]!.command =
                    unknown as never),
        },
    });
});
