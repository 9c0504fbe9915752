import { ListValue, NullValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import {
    isPropertyMap,
    ProviderError,
    SecretValue,
    Unknown,
    type PropertyMap,
    type PropertyValue,
} from "./provider";

/** A map with this key is not data but one of the engine's special values. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const signature = {
    secret: "1b47061264138c4ac30d75fd1eb44270",
    output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
    resource: "5cf8f73096256a8f31e491e813e4eb8e",
    asset: "c44067f5952c0a294b673a41bacd8c17",
    archive: "0def7320c3a5731c473e5ecbe6d01bc7",
} as const;

const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The engine has one text per type of unknown value; which type it will be is of no use to a provider. */
const unknownTexts: ReadonlySet<string> = new Set([
    unknownString,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

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
        return result.setStringValue(unknownString);
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
            return unknownTexts.has(value.getStringValue()) ? Unknown : value.getStringValue();
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
