import { unwrapSecrets, type PropertyMap } from "../../plugins/protocol/provider";

export type Json = null | boolean | number | string | readonly Json[] | JsonMap;

export interface JsonMap {
    readonly [key: string]: Json;
}

/** What AWS gets to see: of secrets what they hold, and of unknown values a text that stands for them. */
export function plain(properties: PropertyMap): JsonMap {
    const text = JSON.stringify(unwrapSecrets(properties), (_, value: unknown) =>
        typeof value === "symbol" ? "unknown" : value,
    );
    return JSON.parse(text) as JsonMap;
}
