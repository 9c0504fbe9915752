import { forEach, numberAt, textsAt } from "../../frame/read";
import { levels, stackRule, type StackResource } from "../../frame/rule";
import { eksCluster, nodeGroup, ofType, refersTo } from "../../subjects/amazon";

export const nodesForQuorum = stackRule({
    id: "NODE-01",
    name: "nodes-for-quorum",
    sentence:
        "A cluster always has as many nodes as etcd has members, spread over as many subnets.",
    severity: "high",
    anchors: ["EKS best practices: reliability", "Karmada: high availability"],
    remedy: "Set scalingConfig.minSize so that the groups together have three nodes, in three subnets.",
    levels: levels.fromProd,
    options: {
        minimum: {
            schema: { type: "integer", minimum: 1, description: "Nodes of a cluster together." },
            default: 3,
            dev: 1,
        },
    },
    unknown: "later",
    concerns: [nodeGroup],
    reads: [eksCluster],
    checkStack(stack, report, { minimum }) {
        const groups = ofType(stack, nodeGroup);
        const clusters = ofType(stack, eksCluster);
        const parts =
            clusters.length < 2 ? [groups] : clusters.map((each) => ofCluster(groups, each));
        forEach(parts, (part) => {
            if (part.length === 0) return;
            const nodes = part
                .map(({ props }) => numberAt(props, "scalingConfig", "minSize") ?? 0)
                .reduce((sum, each) => sum + each, 0);
            if (nodes < minimum) {
                report(
                    `scalingConfig.minSize of all groups together is ${nodes}: make it ${minimum} at least.`,
                    part[0],
                );
            }
            const subnets = new Set(part.flatMap(({ props }) => textsAt(props, "subnetIds")));
            if (subnets.size < minimum) {
                report(
                    `subnetIds of all groups together name ${subnets.size} subnets: name one in each of ${minimum} zones.`,
                    part[0],
                );
            }
        });
    },
});

const ofCluster = (groups: readonly StackResource[], cluster: StackResource) =>
    groups.filter((group) => refersTo(group, "clusterName", cluster));
