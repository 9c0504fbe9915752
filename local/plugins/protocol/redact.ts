import { isPropertyMap, PropertyMap, PropertyValue, SecretValue } from "./values";

/** What the user's program has not marked as secret, but is. */
export type AlsoSecret = (map: PropertyMap, key: string) => boolean;

/** The text without any secret of the given properties, plain or as base64. */
export function redact(
    text: string,
    properties: readonly PropertyMap[],
    alsoSecret: AlsoSecret = () => false,
): string {
    const secrets = properties.flatMap((each) => secretTexts(each, false, alsoSecret));
    const forms = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString("base64")]);
    // The longest first: one may be part of another.
    return [...new Set(forms)]
        .filter((form) => form.length >= 4)
        .sort((one, other) => other.length - one.length)
        .reduce((rest, form) => rest.replaceAll(form, "[secret]"), text);
}

function secretTexts(value: PropertyValue, secret: boolean, alsoSecret: AlsoSecret): string[] {
    if (value instanceof SecretValue) {
        return secretTexts(value.value, true, alsoSecret);
    }
    if (typeof value === "string") {
        return secret ? [value] : [];
    }
    if (Array.isArray(value)) {
        return value.flatMap((inner: PropertyValue) => secretTexts(inner, secret, alsoSecret));
    }
    if (!isPropertyMap(value)) {
        return [];
    }
    return Object.entries(value).flatMap(([key, inner]) =>
        secretTexts(inner, secret || alsoSecret(value, key), alsoSecret),
    );
}
