import { changesBetween, planOf, type Change } from "../../plugins/protocol/changes";
import {
    isPropertyMap,
    unwrapSecrets,
    type DiffResult,
    type PropertyMap,
    type PropertyValue,
} from "../../plugins/protocol/provider";
import { plain } from "../cloud/json";
import type { AwsType } from "./awsType";
import { isNamedByProgram, withoutNotes } from "./naming";

/** What an update would do: in place, or by a replacement. */
export function differences(type: AwsType, olds: PropertyMap, news: PropertyMap): DiffResult {
    const changes = changesBetween(comparable(olds), comparable(news));
    const paths = [...type.replacedBy, ...(type.alsoReplacedBy?.(plain(olds), plain(news)) ?? [])];
    const replacing = changes.filter(({ path }) => isAmong(paths, path));
    return {
        ...planOf(changes, (change) => replacing.includes(change)),
        replaces: [...new Set(replacing.map(({ path }) => String(path[0])))],
        deleteBeforeReplace: replacing.length > 0 && isNamedByProgram(type, news),
    };
}

function isAmong(paths: readonly string[], path: Change["path"]): boolean {
    const names = path.filter((part) => typeof part === "string").join(".");
    return paths.some(
        (each) => names === each || names.startsWith(`${each}.`) || each.startsWith(`${names}.`),
    );
}

function comparable(inputs: PropertyMap): PropertyValue {
    return sorted(unwrapSecrets(withoutNotes(inputs)));
}

/** Lists of ids are sets to AWS. */
function sorted(value: PropertyValue): PropertyValue {
    if (Array.isArray(value)) {
        const elements = value.map(sorted);
        const ids = elements.every((each) => typeof each === "string" && /^[a-z]+-0/.test(each));
        return ids ? (elements as string[]).sort() : elements;
    }
    if (!isPropertyMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sorted(inner)]));
}
