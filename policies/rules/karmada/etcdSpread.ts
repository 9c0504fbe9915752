import { at, listAt, numberAt, textAt } from "../../frame/read";
import { levels, resourceRule, type Resource } from "../../frame/rule";
import { etcdsOf } from "../../subjects/etcd";
import { helmTypes, karmadaObject } from "../../subjects/karmada";
import { podSpecOf, statefulSet } from "../../subjects/kubernetes";

const zone = "topology.kubernetes.io/zone";
const host = "kubernetes.io/hostname";

export const etcdSpread = resourceRule({
    id: "KAR-02",
    name: "etcd-spread",
    sentence: "No two members of etcd share a node, and no zone has most of them.",
    severity: "high",
    anchors: ["EKS best practices: reliability"],
    remedy: `Require anti-affinity by ${host}, and a spread by ${zone} with DoNotSchedule.`,
    levels: levels.fromProd,
    options: {
        zones: {
            schema: { type: "boolean", description: "Whether zones count, or nodes alone." },
            default: true,
            dev: false,
        },
    },
    unknown: "later",
    types: [statefulSet, ...helmTypes, karmadaObject],
    check(resource, report, { zones }) {
        const [etcd] = etcdsOf(resource);
        if (etcd === undefined || (typeof etcd.members === "number" && etcd.members < 2)) return;
        const { path, value, hasNodes } = placementOf(resource);
        const apart = hasNodes || separates(value, host) || separates(value, zone);
        if (!apart)
            report(`${path} lets two members onto one node: require anti-affinity by ${host}.`);
        if (zones && !separates(value, zone)) {
            report(`${path} lets a zone have most of the members: require a spread by ${zone}.`);
        }
    },
});

interface Placement {
    readonly path: string;
    /** What has affinity and topologySpreadConstraints. */
    readonly value: unknown;
    /** Keeps members on nodes of their own without being told. */
    readonly hasNodes: boolean;
}

function placementOf(resource: Resource): Placement {
    const { type, props } = resource;
    if (type === statefulSet) {
        const { path, value } = podSpecOf(resource);
        return { path, value, hasNodes: false };
    }
    if (type === karmadaObject) {
        const value = at(props, "spec", "components", "etcd", "local");
        return { path: "spec.components.etcd.local.affinity", value, hasNodes: false };
    }
    const value = at(props, "values", "etcd");
    // The chart's own default is that, and a value of one's own takes its place.
    return {
        path: "values.etcd.affinity",
        value,
        hasNodes: at(value, "affinity") === undefined,
    };
}

function separates(placement: unknown, key: string): boolean {
    const required = listAt(
        placement,
        "affinity",
        "podAntiAffinity",
        "requiredDuringSchedulingIgnoredDuringExecution",
    );
    return (
        required.some((term) => at(term, "topologyKey") === key) ||
        listAt(placement, "topologySpreadConstraints").some(
            (constraint) =>
                textAt(constraint, "topologyKey") === key &&
                textAt(constraint, "whenUnsatisfiable") === "DoNotSchedule" &&
                numberAt(constraint, "maxSkew") === 1,
        )
    );
}
