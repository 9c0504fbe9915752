import { at } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { eksCluster } from "../../subjects/amazon";

export const zonalShift = resourceRule({
    id: "EKS-08",
    name: "cluster-zonal-shift",
    sentence: "Traffic can be shifted away from a zone in trouble.",
    severity: "low",
    anchors: ["Amazon EKS: zonal shift"],
    remedy: "Set zonalShiftConfig.enabled.",
    levels: levels.onlyFromProd,
    unknown: "later",
    types: [eksCluster],
    check({ props }, report) {
        if (at(props, "zonalShiftConfig", "enabled") !== true) {
            report("zonalShiftConfig.enabled is not true: set it.");
        }
    },
});
