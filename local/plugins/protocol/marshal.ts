import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import {
    isPropertyMap,
    mapValues,
    ProviderError,
    SecretValue,
    Unknown,
    type PropertyMap,
    type PropertyValue,
} from "./provider";
import { isUnknownText, signature, signatureKey, unknownText } from "./wireFormat";

export function toStruct(properties: PropertyMap): Struct {
    return Struct.fromJavaScript(markedMap(properties));
}

function markedMap(map: PropertyMap): Record<string, JavaScriptValue> {
    const given = Object.entries(map).filter(([, value]) => value !== undefined);
    return mapValues(Object.fromEntries(given), marked);
}

function marked(value: PropertyValue): JavaScriptValue {
    if (value === Unknown) {
        return unknownText;
    }
    if (value instanceof SecretValue) {
        return { [signatureKey]: signature.secret, value: marked(value.value) };
    }
    if (Array.isArray(value)) {
        return value.map((element: PropertyValue) => marked(element ?? null));
    }
    return isPropertyMap(value) ? markedMap(value) : (value as JavaScriptValue);
}

export function fromStruct(struct: Struct | undefined): PropertyMap {
    return mapValues(struct?.toJavaScript() ?? {}, fromMarked);
}

function fromMarked(value: JavaScriptValue): PropertyValue {
    if (typeof value === "string") {
        return isUnknownText(value) ? Unknown : value;
    }
    if (Array.isArray(value)) {
        return value.map(fromMarked);
    }
    return typeof value === "object" && value !== null
        ? fromMarkedMap(mapValues(value as Record<string, JavaScriptValue>, fromMarked))
        : value;
}

function fromMarkedMap(map: PropertyMap): PropertyValue {
    const mark = map[signatureKey];
    switch (mark) {
        case undefined:
            return map;
        case signature.secret:
            return new SecretValue(map.value ?? null);
        case signature.output: {
            const value = "value" in map ? map.value! : Unknown;
            return map.secret === true ? new SecretValue(value) : value;
        }
        case signature.resource:
            // A reference stands for the resource's id, or for its URN when it has none (a component).
            return map.id === undefined ? (map.urn ?? null) : map.id === "" ? Unknown : map.id;
        case signature.asset:
        case signature.archive:
            throw new ProviderError(
                "Assets and archives are not supported here: pass the content as a string.",
            );
        default:
            throw new ProviderError(
                `The engine sent a value of an unknown kind (${String(mark)}).`,
            );
    }
}
