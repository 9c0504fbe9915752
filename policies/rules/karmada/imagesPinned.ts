import { at, forEach, isSet, shown, textAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { helmTypes, isKarmadaChart } from "../../subjects/karmada";
import { containersOf, imageParts, podSpecOf, podTypes } from "../../subjects/kubernetes";

export const imagesPinned = resourceRule({
    id: "KAR-10",
    name: "images-pinned",
    sentence: "Images and charts have a version: what runs changes when the program does.",
    severity: "medium",
    anchors: ["Checkov CKV_K8S_14", "Checkov CKV_K8S_43"],
    remedy: "Write the version, or the digest.",
    levels: levels.fromProd,
    unknown: "later",
    types: [...podTypes, ...helmTypes],
    check(resource, report) {
        const { type, props } = resource;
        if (podTypes.includes(type)) {
            forEach(containersOf(podSpecOf(resource)), ({ path, value }) => {
                const image = textAt(value, "image");
                if (image === undefined) return;
                const { tag, digest } = imageParts(image);
                if (digest === undefined && (tag === undefined || tag === "latest")) {
                    report(`${path}.image is "${image}": write its version.`);
                }
            });
            return;
        }
        // An archive or a folder is of one version.
        const isRemote = !/^\.{0,2}\/|\.tgz$/.test(textAt(props, "chart") ?? "");
        if (isRemote && !isSet(props, "version")) {
            report("version is not set: write the chart's.");
        }
        if (isKarmadaChart(resource)) {
            const image = at(props, "values", "karmadaImageVersion");
            if (image === undefined || image === "latest") {
                report(
                    `values.karmadaImageVersion is ${shown(image)}, which means latest: write it.`,
                );
            }
        }
    },
});
