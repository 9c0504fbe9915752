import { at, numberAt, shown } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { instance, launchTemplate, saysImageOnly } from "../../subjects/amazon";

export const imdsV2 = resourceRule({
    id: "NODE-02",
    name: "imds-v2",
    sentence:
        "A machine hands out its credentials by tokens only, and not to what runs in its pods.",
    severity: "high",
    anchors: [
        "Checkov CKV_AWS_79",
        "Checkov CKV_AWS_341",
        "Trivy AWS-0130",
        "Security Hub EC2.8",
        "EKS best practices: IMDSv2",
    ],
    remedy: 'Set metadataOptions.httpTokens to "required" and httpPutResponseHopLimit to 1. At level "remediate" that is done for you.',
    levels: levels.always,
    options: {
        hops: {
            schema: {
                type: "integer",
                minimum: 1,
                maximum: 2,
                description: "The most network hops there may be to the machine's credentials.",
            },
            default: 1,
        },
    },
    unknown: "later",
    types: [launchTemplate, instance],
    check(resource, report, { hops }) {
        if (saysImageOnly(resource)) return;
        const { props } = resource;
        const tokens = at(props, "metadataOptions", "httpTokens");
        if (tokens !== "required") {
            report(`metadataOptions.httpTokens is ${shown(tokens)}: set it to "required".`);
        }
        const limit = numberAt(props, "metadataOptions", "httpPutResponseHopLimit");
        if (limit === undefined || limit > hops) {
            report(
                `metadataOptions.httpPutResponseHopLimit is ${shown(limit)}: set it to ${hops} at most.`,
            );
        }
    },
    remediate({ props }, { hops }) {
        const options = (props.metadataOptions ??= {}) as object;
        Object.assign(options, {
            httpEndpoint: at(options, "httpEndpoint") ?? "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: Math.min(
                numberAt(options, "httpPutResponseHopLimit") ?? hops,
                hops,
            ),
        });
    },
});
