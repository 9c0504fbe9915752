import { ListValue, NullValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import {
    isPropertyMap,
    ProviderError,
    SecretValue,
    Unknown,
    type PropertyMap,
    type PropertyValue,
} from "./provider";
import { isUnknownText, signature, signatureKey, unknownText } from "./wireFormat";

export function toStruct(properties: PropertyMap): Struct {
    const struct = new Struct();
    const fields = struct.getFieldsMap();
    for (const [key, value] of Object.entries(properties)) {
        if (value !== undefined) {
            fields.set(key, toValue(value));
        }
    }
    return struct;
}

function toValue(value: PropertyValue): Value {
    const result = new Value();
    if (value === Unknown) {
        return result.setStringValue(unknownText);
    }
    if (value instanceof SecretValue) {
        const marked: PropertyMap = { [signatureKey]: signature.secret, value: value.value };
        return result.setStructValue(toStruct(marked));
    }
    if (value === null) {
        return result.setNullValue(NullValue.NULL_VALUE);
    }
    if (Array.isArray(value)) {
        const list = new ListValue();
        list.setValuesList(value.map((element: PropertyValue) => toValue(element ?? null)));
        return result.setListValue(list);
    }
    if (isPropertyMap(value)) {
        return result.setStructValue(toStruct(value));
    }
    switch (typeof value) {
        case "boolean":
            return result.setBoolValue(value);
        case "number":
            return result.setNumberValue(value);
        case "string":
            return result.setStringValue(value);
        default:
            throw new TypeError(`A ${typeof value} cannot be a property value.`);
    }
}

export function fromStruct(struct: Struct | undefined): PropertyMap {
    const entries: [string, PropertyValue][] = [];
    struct?.getFieldsMap().forEach((value, key) => entries.push([key, fromValue(value)]));
    return Object.fromEntries(entries);
}

function fromValue(value: Value): PropertyValue {
    switch (value.getKindCase()) {
        case Value.KindCase.BOOL_VALUE:
            return value.getBoolValue();
        case Value.KindCase.NUMBER_VALUE:
            return value.getNumberValue();
        case Value.KindCase.STRING_VALUE:
            return isUnknownText(value.getStringValue()) ? Unknown : value.getStringValue();
        case Value.KindCase.LIST_VALUE:
            return (value.getListValue()?.getValuesList() ?? []).map(fromValue);
        case Value.KindCase.STRUCT_VALUE:
            return fromMarkedMap(fromStruct(value.getStructValue()));
        default:
            return null;
    }
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
