import { at, textAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";

export const keyRotation = resourceRule({
    id: "KMS-01",
    name: "key-rotation",
    sentence: "Amazon renews the material of keys every year.",
    severity: "medium",
    anchors: [
        "Checkov CKV_AWS_7",
        "AWSGuard cmk-backing-key-rotation-enabled",
        "Security Hub KMS.4",
    ],
    remedy: "Set enableKeyRotation.",
    levels: levels.always,
    unknown: "later",
    types: ["aws:kms/key:Key"],
    check({ props }, report) {
        // Keys of the other kinds cannot be renewed so.
        const spec = textAt(props, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT";
        if (spec === "SYMMETRIC_DEFAULT" && at(props, "enableKeyRotation") !== true) {
            report("enableKeyRotation is not true: set it.");
        }
    },
});
