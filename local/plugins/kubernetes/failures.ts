import { KubeError } from "../../kube";
import { isPropertyMap, PropertyMap, PropertyValue, SecretValue } from "../protocol/provider";
import { annotations } from "./annotations";
import { isCoreSecret } from "./objects";

/** Fields that another manager has set, named with the ways out. */
export function explain(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof KubeError && isConflict(error)) {
        return (
            `${message}. These fields are managed by someone else: leave them out, or add them to ignoreChanges, ` +
            `or take them over with the annotation ${annotations.patchForce}: "true"`
        );
    }
    return message;
}

export function isConflict(error: KubeError): boolean {
    const causes = error.details?.causes ?? [];
    return error.status === 409 && causes.some(({ reason }) => reason === "FieldManagerConflict");
}

/** The text without any secret of the given properties, plain or as base64. */
export function redact(text: string, ...properties: readonly PropertyMap[]): string {
    const secrets = properties.flatMap((each) => secretTexts(each, false));
    const forms = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString("base64")]);
    // The longest first: one may be part of another.
    return [...new Set(forms)]
        .filter((form) => form.length >= 4)
        .sort((one, other) => other.length - one.length)
        .reduce((rest, form) => rest.replaceAll(form, "[secret]"), text);
}

function secretTexts(value: PropertyValue | undefined, secret: boolean): string[] {
    if (value instanceof SecretValue) {
        return secretTexts(value.value, true);
    }
    if (typeof value === "string") {
        return secret ? [value] : [];
    }
    if (Array.isArray(value)) {
        return value.flatMap((inner: PropertyValue) => secretTexts(inner, secret));
    }
    if (!isPropertyMap(value)) {
        return [];
    }
    const held = isCoreSecret(value) ? ["data", "stringData"] : [];
    return Object.entries(value).flatMap(([key, inner]) =>
        secretTexts(inner, secret || held.includes(key)),
    );
}
