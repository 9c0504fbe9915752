import { forEach, isSet } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { containersOf, podSpecOf, podTypes } from "../../subjects/kubernetes";

export const resourcesSaid = resourceRule({
    id: "K8S-03",
    name: "resources-said",
    sentence: "Containers say what they need, and how much memory they may take.",
    severity: "low",
    anchors: ["Checkov CKV_K8S_10", "Checkov CKV_K8S_12", "Checkov CKV_K8S_13"],
    remedy: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory.",
    levels: levels.onlyStrict,
    options: {
        limitCpu: {
            schema: {
                type: "boolean",
                description:
                    "Whether the processor is to be limited, too, which slows even what could go on.",
            },
            default: false,
        },
    },
    unknown: "later",
    types: podTypes,
    check(resource, report, { limitCpu }) {
        const needed = [
            ["requests", "cpu"],
            ["requests", "memory"],
            ["limits", "memory"],
            ...(limitCpu ? [["limits", "cpu"]] : []),
        ] as [string, string][];
        forEach(containersOf(podSpecOf(resource)), ({ path, value }) => {
            const missing = needed.filter((way) => !isSet(value, "resources", ...way));
            if (missing.length > 0) {
                const names = missing.map((way) => way.join("."));
                report(`${path}.resources lacks ${names.join(", ")}: set it.`);
            }
        });
    },
});
