import { checkMemberName } from "../../../components/member/memberName";
import { at, textAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { commands, karmadactlCalls } from "../../subjects/commandLines";
import { cluster, helmTypes, isKarmadaChart } from "../../subjects/karmada";

export const memberNames = resourceRule({
    id: "KAR-06",
    name: "member-names",
    sentence: "A member's name has 1 to 48 lower-case letters, digits and inner hyphens.",
    severity: "critical",
    anchors: ["Karmada: validation of Cluster objects"],
    remedy: "Choose a name that Karmada takes: it is refused only when the control plane is up already.",
    levels: levels.always,
    unknown: "refused",
    types: [cluster, ...helmTypes, ...commands],
    check(resource, report) {
        for (const [path, name] of namesIn(resource)) {
            // What the shell or the chart is to put in is not known here.
            if (typeof name === "string" && /[${}]/.test(name)) continue;
            for (const { message } of checkMemberName(path, name)) report(`${path} ${message}`);
        }
    },
});

function namesIn(resource: Parameters<typeof karmadactlCalls>[0]): [path: string, name: unknown][] {
    if (resource.type === cluster) {
        return [["metadata.name", at(resource.props, "metadata", "name")]];
    }
    if ((helmTypes as readonly string[]).includes(resource.type)) {
        const name = textAt(resource.props, "values", "agent", "clusterName");
        return name && isKarmadaChart(resource) ? [["values.agent.clusterName", name]] : [];
    }
    return karmadactlCalls(resource).flatMap(({ path, subcommand, words, flags }) => {
        const name = subcommand === "join" ? words[0] : flags["cluster-name"];
        return ["join", "register"].includes(subcommand) && name !== undefined
            ? [[`${path}: karmadactl ${subcommand}`, name] as [string, unknown]]
            : [];
    });
}
