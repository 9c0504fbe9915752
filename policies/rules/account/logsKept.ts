import { isSet, numberAt, shown } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";

export const logsKept = resourceRule({
    id: "LOG-01",
    name: "logs-kept",
    sentence: "Logs are kept for a time that is said, encrypted with a key of the account's own.",
    severity: "medium",
    anchors: [
        "Checkov CKV_AWS_66",
        "Checkov CKV_AWS_338",
        "Checkov CKV_AWS_158",
        "Pulumi cloudwatch-log-retention",
    ],
    remedy: "Set retentionInDays and kmsKeyId.",
    levels: levels.fromProd,
    options: {
        days: {
            schema: { type: "integer", minimum: 1, description: "The fewest days they are kept." },
            default: 30,
            dev: 1,
            strict: 365,
        },
        encrypted: {
            schema: {
                type: "boolean",
                description: "Whether they need a key of the account's own.",
            },
            default: true,
            dev: false,
        },
    },
    unknown: "later",
    types: ["aws:cloudwatch/logGroup:LogGroup"],
    check({ props }, report, { days, encrypted }) {
        const kept = numberAt(props, "retentionInDays");
        if (!kept || kept < days) {
            report(`retentionInDays is ${shown(kept)}: set it to ${days} at least.`);
        }
        if (encrypted && !isSet(props, "kmsKeyId")) report("kmsKeyId is not set: name a KMS key.");
    },
});
