import { at, forEachAt, lengthAt, shown } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { isTrue, launchTemplate, nodeGroup, saysImageOnly } from "../../subjects/amazon";

export const nodeDisksEncrypted = resourceRule({
    id: "NODE-03",
    name: "node-disks-encrypted",
    sentence: "The disks of nodes are encrypted, and of the type gp3.",
    severity: "high",
    anchors: [
        "Trivy AWS-0131",
        "Pulumi ec2-launch-template-disallow-unencrypted-block-device",
        "Security Hub EC2.3",
    ],
    remedy: 'Set ebs.encrypted and ebs.volumeType "gp3" in the launch template\'s blockDeviceMappings. At level "remediate" that is done for mappings that are there.',
    levels: levels.always,
    unknown: "later",
    types: [launchTemplate, nodeGroup],
    check(resource, report) {
        const { type, props } = resource;
        if (type === nodeGroup) {
            if (at(props, "launchTemplate") === undefined) {
                report("launchTemplate is not set: give the group one whose disks are encrypted.");
            }
            return;
        }
        if (saysImageOnly(resource)) return;
        if (lengthAt(props, "blockDeviceMappings") === 0) {
            report(
                "blockDeviceMappings is empty: name the disk, encrypted; the image's own is not.",
            );
        }
        forEachAt(props, ["blockDeviceMappings"], (mapping, index) => {
            const path = `blockDeviceMappings[${index}].ebs`;
            if (at(mapping, "ebs") === undefined) return;
            if (!isTrue(at(mapping, "ebs", "encrypted"))) {
                report(`${path}.encrypted is not true: set it.`);
            }
            const volume = at(mapping, "ebs", "volumeType");
            if (volume !== "gp3")
                report(`${path}.volumeType is ${shown(volume)}: set it to "gp3".`);
        });
    },
    remediate({ props }) {
        forEachAt(props, ["blockDeviceMappings"], (mapping) => {
            const disk = at(mapping, "ebs");
            if (disk !== undefined)
                Object.assign(disk as object, { encrypted: "true", volumeType: "gp3" });
        });
    },
});
