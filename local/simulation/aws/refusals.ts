import { isDeepStrictEqual } from "node:util";
import { ProviderError } from "../../plugins/protocol/provider";
import type { Cloud, Thing } from "../cloud/cloud";
import type { JsonMap } from "../cloud/json";
import { awsTypes } from "./types";

export function refuseCreation(cloud: Cloud, thing: Omit<Thing, "own">): void {
    const { type, id, outputs } = thing;
    const rival = cloud
        .things(type)
        .find((other) => other.id === id || isSameName(other.outputs, outputs, type));
    if (rival !== undefined && type !== "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup") {
        throw new ProviderError(`AlreadyExists: ${type} ${id} exists already`);
    }
    refuseMissing(cloud, thing);
}

/** Within a Region, and within a network where it is in one. */
function isSameName(one: JsonMap, other: JsonMap, type: string): boolean {
    const property = awsTypes[type]!.autoName?.property;
    return (
        property !== undefined &&
        [property, "region", "vpcId", "clusterName", "role"].every((key) =>
            isDeepStrictEqual(one[key], other[key]),
        )
    );
}

export function refuseMissing(
    cloud: Cloud,
    { type, id, name, inputs }: Omit<Thing, "own" | "outputs">,
): void {
    const missing = cloud.missing(inputs).filter((reference) => reference !== id);
    if (missing.length > 0) {
        throw new ProviderError(`NotFound: ${type} ${name} refers to ${missing.join(", ")}`);
    }
}

export function refuseDeletion(cloud: Cloud, thing: Thing): void {
    const guard = awsTypes[thing.type]!.guard;
    if (guard !== undefined && thing.inputs[guard] === true) {
        throw new ProviderError(`${thing.type} ${thing.id} is protected: ${guard} is true`);
    }
    const users = cloud.users(thing);
    if (users.length > 0) {
        const list = users.map(({ type, name }) => `${type} ${name}`).join(", ");
        throw new ProviderError(
            `DependencyViolation: ${thing.type} ${thing.name} is used by ${list}`,
        );
    }
}
