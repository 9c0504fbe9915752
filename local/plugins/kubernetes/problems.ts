import {
    isPropertyMap,
    Unknown,
    unwrapSecrets,
    type CheckFailure,
    type PropertyMap,
} from "../protocol/provider";
import { failureIf, mapOf, objectOf, text, textThat, type Shape } from "../protocol/shapes";
import { annotations } from "./annotations";
import { parseWaitFor } from "./await/waitFor";
import { isPatch, kindOfType } from "./objects";

const textOrNull: Shape = (value, path) => (value === null ? [] : text(value, path));

const waitFor = textThat((given) => {
    try {
        parseWaitFor(given);
        return false;
    } catch (error) {
        return (error as Error).message;
    }
});

const metadataShape = objectOf({
    name: text,
    namespace: text,
    generateName: text,
    labels: mapOf(textOrNull),
    annotations: mapOf((value, path) =>
        (path.at(-1) === annotations.waitFor && value !== null ? waitFor : textOrNull)(value, path),
    ),
});

/** What is wrong with an object before its API server sees it. */
export function problemsOf(news: PropertyMap, type: string): CheckFailure[] {
    const given = unwrapSecrets(news);
    const unnamed = ["apiVersion", "kind"].flatMap((name) => text(given[name] ?? null, [name]));
    if (unnamed.length > 0) {
        return unnamed;
    }
    const kind = String(given.kind);
    const typed = kindOfType(type).kind;
    const patch = isPatch(type, { kind });
    const { metadata = {} } = given;
    const { name, generateName } = isPropertyMap(metadata) ? metadata : {};
    return [
        ...failureIf(
            kind !== typed && !patch,
            ["kind"],
            `must be ${typed}, not ${kind}, in a resource of type ${type}`,
        ),
        ...failureIf(
            kind.endsWith("List") && Array.isArray(given.items),
            ["kind"],
            `a ${kind} cannot be created: declare a resource for each of its items`,
        ),
        ...failureIf(
            patch && !name,
            ["metadata", "name"],
            "is needed: a patch is for an object that is already there",
        ),
        ...(metadata === Unknown ? [] : metadataShape(metadata, ["metadata"])),
        ...failureIf(
            generateName && !name,
            ["metadata", "generateName"],
            "is not supported with server-side apply: leave it out to get a generated name, or set name",
        ),
    ];
}
