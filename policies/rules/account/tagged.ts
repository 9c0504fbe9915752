import { keysAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import {
    bucket,
    eksCluster,
    instance,
    launchTemplate,
    loadBalancer,
    natGateway,
    nodeGroup,
    role,
    securityGroup,
    subnet,
    targetGroup,
    vpc,
} from "../../subjects/amazon";

export const tagged = resourceRule({
    id: "TAG-01",
    name: "resources-tagged",
    sentence: "What costs or matters says whose it is, and what for.",
    severity: "low",
    anchors: ["Pulumi resource-tagging"],
    remedy: "Give the component tags, or the provider defaultTags.",
    levels: levels.fromProd,
    options: {
        tags: {
            schema: {
                type: "array",
                items: { type: "string", minLength: 1 },
                description: "Tags that must be there.",
            },
            default: ["owner", "environment", "project"],
            dev: [],
        },
    },
    unknown: "later",
    types: [
        bucket,
        eksCluster,
        instance,
        launchTemplate,
        loadBalancer,
        natGateway,
        nodeGroup,
        role,
        securityGroup,
        subnet,
        targetGroup,
        vpc,
        "aws:kms/key:Key",
        "aws:cloudwatch/logGroup:LogGroup",
    ],
    check({ props, provider }, report, { tags }) {
        const given = [...keysAt(props, "tags"), ...keysAt(provider, "defaultTags", "tags")];
        const missing = tags.filter((tag) => !given.includes(tag));
        if (missing.length > 0) report(`tags lacks ${missing.join(", ")}: add what is missing.`);
    },
});
