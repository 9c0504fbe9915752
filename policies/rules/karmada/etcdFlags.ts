import { at, numberAt, textsAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { etcdContainerOf } from "../../subjects/etcd";
import { helmTypes, isKarmadaChart } from "../../subjects/karmada";
import { statefulSet } from "../../subjects/kubernetes";

const needed = {
    "quota-backend-bytes": "a database that is full stops all writes",
    "auto-compaction-retention": "without it old revisions fill the database",
    "cert-file": "clients call without encryption",
    "client-cert-auth": "anybody may call",
    "peer-cert-file": "members talk without encryption",
    "peer-trusted-ca-file": "members trust whoever calls",
    "peer-client-cert-auth": "anybody may pose as a member",
} as const;

export const etcdFlags = resourceRule({
    id: "KAR-04",
    name: "etcd-flags",
    sentence:
        "etcd has a quota, compacts itself, and proves who it is to clients and among its members.",
    severity: "high",
    anchors: [
        "Checkov CKV_K8S_116",
        "Checkov CKV_K8S_117",
        "Checkov CKV_K8S_119",
        "Checkov CKV_K8S_120",
    ],
    remedy: "Give etcd the flags.",
    levels: levels.fromProd,
    unknown: "later",
    types: [statefulSet, ...helmTypes],
    check(resource, report) {
        if (resource.type !== statefulSet) {
            const etcd = at(resource.props, "values", "etcd");
            const several = (numberAt(etcd, "internal", "replicaCount") ?? 1) > 1;
            if (isKarmadaChart(resource) && at(etcd, "mode") !== "external" && several) {
                report(
                    'values.etcd.mode is not "external": the chart\'s own etcd talks without encryption among its members, and no value changes that.',
                );
            }
            return;
        }
        const container = etcdContainerOf(resource);
        if (container === undefined) return;
        const words = ["command", "args"].flatMap((key) => textsAt(container, key));
        // In a script or a file of its own they are not seen.
        if (!words.some((word) => word.startsWith("--"))) return;
        const set = new Set(words.map((word) => /^--([^=]+)/.exec(word)?.[1]));
        for (const [flag, otherwise] of Object.entries(needed)) {
            if (!set.has(flag)) report(`args lacks --${flag}: ${otherwise}.`);
        }
    },
});
