import { createHash } from "node:crypto";
import type { PropertyMap } from "../../plugins/protocol/provider";
import type { JsonMap } from "../cloud/json";
import { type AwsType, hex } from "./awsType";

/** Pulumi notes here which inputs it has filled in itself. */
const filledIn = "__defaults";

/** The inputs with the name that Pulumi's provider makes up where the program gives none. */
export function withName(
    { autoName }: AwsType,
    { news, olds, name, randomSeed }: NamingRequest,
): PropertyMap {
    if (autoName === undefined) return news;
    const { property, prefix, most } = autoName;
    const given = news[property] ?? (prefix === undefined ? undefined : news[prefix]) ?? null;
    if (given !== null) return { ...news, [filledIn]: [] };
    const before = Array.isArray(olds[filledIn]) && olds[filledIn].includes(property);
    const suffix = createHash("sha256").update(randomSeed).digest("hex").slice(0, 7);
    const made = before ? olds[property]! : `${name.slice(0, most - 8)}-${suffix}`;
    return { ...news, [property]: made, [filledIn]: [property] };
}

export interface NamingRequest {
    readonly news: PropertyMap;
    readonly olds: PropertyMap;
    readonly name: string;
    readonly randomSeed: Uint8Array;
}

/** The name that AWS's own provider makes of a prefix, or that the thing has already. */
export function completed({ autoName }: AwsType, inputs: JsonMap, old: JsonMap = {}): JsonMap {
    if (autoName === undefined) return inputs;
    const { property, prefix } = autoName;
    const start = prefix === undefined ? "" : (inputs[prefix] ?? "");
    const name = inputs[property] ?? old[property] ?? `${String(start)}${hex(20)}`;
    return { ...inputs, [property]: name };
}

/** A name that the program gives cannot be used twice at a time. */
export function isNamedByProgram({ autoName }: AwsType, inputs: PropertyMap): boolean {
    return autoName !== undefined && (inputs[autoName.property] ?? null) !== null
        ? !(Array.isArray(inputs[filledIn]) && inputs[filledIn].includes(autoName.property))
        : false;
}

/** The inputs as AWS gets them. */
export function withoutNotes(inputs: PropertyMap): PropertyMap {
    return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== filledIn));
}
