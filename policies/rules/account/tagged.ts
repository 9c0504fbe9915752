import { keysAt } from "../../frame/read";
import { levels, type Resource, resourceRule } from "../../frame/rule";
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
    remedy: 'Give the component tags, or the provider defaultTags. At level "remediate" those in values are added for you.',
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
        values: {
            schema: {
                type: "object",
                additionalProperties: { type: "string" },
                description:
                    'What a tag is set to where it is missing, at level `remediate`, such as `{"owner": "platform"}`.',
            },
            default: {} as Readonly<Record<string, string>>,
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
    check(resource, report, { tags }) {
        const missing = missingIn(resource, tags);
        if (missing.length > 0) report(`tags lacks ${missing.join(", ")}: add what is missing.`);
    },
    remediate(resource, { tags, values }) {
        const missing = missingIn(resource, tags).filter((tag) => tag in values);
        const added = Object.fromEntries(missing.map((tag) => [tag, values[tag]]));
        // In place: of the other tags some may not be known yet.
        Object.assign((resource.props.tags ??= {}) as object, added);
    },
});

function missingIn(
    { props, provider }: Pick<Resource, "props" | "provider">,
    tags: readonly string[],
) {
    const given = [...keysAt(props, "tags"), ...keysAt(provider, "defaultTags", "tags")];
    return tags.filter((tag) => !given.includes(tag));
}
