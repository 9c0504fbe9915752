import { at, isSet } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { instance } from "../../subjects/amazon";

export const managementHost = resourceRule({
    id: "MGT-01",
    name: "management-host",
    sentence:
        "A machine is entered through Session Manager alone: no SSH key, no public address, a role of its own.",
    severity: "high",
    anchors: ["Checkov CKV_AWS_88", "Checkov CKV2_AWS_41", "Security Hub EC2.9"],
    remedy: "Leave keyName out, set associatePublicIpAddress to false, and give it an iamInstanceProfile with AmazonSSMManagedInstanceCore.",
    levels: levels.fromProd,
    unknown: "later",
    types: [instance],
    check({ props }, report) {
        if (isSet(props, "keyName")) report("keyName is set: leave it out.");
        if (at(props, "associatePublicIpAddress") !== false) {
            report("associatePublicIpAddress is not false: set it to false.");
        }
        if (!isSet(props, "iamInstanceProfile")) {
            report("iamInstanceProfile is not set: name one with AmazonSSMManagedInstanceCore.");
        }
    },
});
