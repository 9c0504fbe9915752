import type { Json, JsonMap } from "./json";

export const account = "123456789012";

const id =
    /^(eipalloc|fl|fs|i|igw|lt|nat|pcx|rtb|rtbassoc|sg|sgr|subnet|vol|vpc|vpce)-[0-9a-f]{17}$/;
const arn = new RegExp(`^arn:[^:]+:[^:]+:[^:]*:${account}:`);
/** Properties that name another thing by neither. */
const byName = [
    "autoscalingGroupName",
    "bucket",
    "clusterName",
    "iamInstanceProfile",
    "role",
    "targetKeyId",
];

/** All texts in a value. */
export function textsIn(value: Json | undefined): string[] {
    if (typeof value === "string") return [value];
    if (value === null || typeof value !== "object") return [];
    return Object.values<Json>(value).flatMap(textsIn);
}

/** By what the inputs of a thing refer to others: ids, ARNs of this account, and a few names. */
export function referencesIn(inputs: JsonMap): string[] {
    const named = byName.map((property) => inputs[property]).flatMap(textsIn);
    const recognised = textsIn(inputs).filter((text) => id.test(text) || arn.test(text));
    return [...new Set([...named, ...recognised])];
}
