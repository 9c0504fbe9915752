import {
    CheckFailure,
    isPropertyMap,
    PropertyMap,
    PropertyValue,
    sortOf,
    Unknown,
    unwrapSecrets,
} from "../protocol/provider";
import { annotations } from "./annotations";
import { parseWaitFor } from "./await/waitFor";
import { pathText } from "./diff";
import { isPatch, kindOfType } from "./objects";

/** What is wrong with an object before its API server sees it. */
export function problemsOf(news: PropertyMap, type: string): CheckFailure[] {
    const { apiVersion, kind, metadata } = unwrapSecrets(news) as PropertyMap;
    const typed = kindOfType(type);
    const failures: CheckFailure[] = [];
    if (typeof apiVersion !== "string" || typeof kind !== "string") {
        for (const property of ["apiVersion", "kind"]) {
            if (typeof news[property] !== "string") {
                const reason = `must be a string, not ${sortOf(news[property])}`;
                failures.push({ property, reason });
            }
        }
        return failures;
    }
    const patch = isPatch(type, { kind });
    if (kind !== typed.kind && !patch) {
        const reason = `must be ${typed.kind}, not ${kind}, in a resource of type ${type}`;
        failures.push({ property: "kind", reason });
    }
    if (kind.endsWith("List") && Array.isArray(news.items)) {
        const reason = "cannot be created: declare a resource for each of its items";
        failures.push({ property: "kind", reason: `a ${kind} ${reason}` });
    }
    if (metadata !== undefined && metadata !== Unknown && !isPropertyMap(metadata)) {
        failures.push({
            property: "metadata",
            reason: `must be an object, not ${sortOf(metadata)}`,
        });
    }
    if (patch && !(isPropertyMap(metadata) && metadata.name)) {
        const reason = "is needed: a patch is for an object that is already there";
        failures.push({ property: "metadata.name", reason });
    }
    if (!isPropertyMap(metadata)) {
        return failures;
    }
    failures.push(...metadataProblems(metadata));
    if (metadata.generateName && !metadata.name) {
        failures.push({
            property: "metadata.generateName",
            reason: "generateName is not supported with server-side apply: leave it out to get a generated name, or set name",
        });
    }
    const waitFor = isPropertyMap(metadata.annotations)
        ? metadata.annotations[annotations.waitFor]
        : undefined;
    if (typeof waitFor === "string") {
        try {
            parseWaitFor(waitFor);
        } catch (error) {
            failures.push({
                property: `metadata.annotations["${annotations.waitFor}"]`,
                reason: (error as Error).message,
            });
        }
    }
    return failures;
}

function metadataProblems(metadata: PropertyMap): CheckFailure[] {
    const texts = ["name", "namespace", "generateName"].filter(
        (key) => !isText(metadata[key] ?? null),
    );
    const mapProblems = ["labels", "annotations"].flatMap((key) => {
        const value = metadata[key] ?? Unknown;
        if (value === Unknown) {
            return [];
        }
        if (!isPropertyMap(value)) {
            const reason = `must be a map of strings, not ${sortOf(value)}`;
            return [{ property: `metadata.${key}`, reason }];
        }
        const wrong = Object.entries(value).filter(([, each]) => !isText(each));
        return wrong.map(([name, each]) => ({
            property: pathText(["metadata", key, name]),
            reason: `must be a string, not ${sortOf(each)}`,
        }));
    });
    const textProblems = texts.map((key) => ({
        property: `metadata.${key}`,
        reason: `must be a string, not ${sortOf(metadata[key])}`,
    }));
    return [...textProblems, ...mapProblems];
}

function isText(value: PropertyValue): boolean {
    return value === null || value === Unknown || typeof value === "string";
}
