import { PropertyMap, PropertyValue, SecretValue } from "./values";

/** What the user's program has not marked as secret, but is. */
export type AlsoSecret = (map: PropertyMap, key: string) => boolean;

/**
 * Lines that frame a secret and give nothing of it away. Were they looked for, messages would lose words that
 * mean something else there: PEM's markers, rules, names of fields, what is true or null.
 */
const frame =
    /^(-----(BEGIN|END) [A-Z0-9 ]+-----|([^\p{L}\p{N}])\3*|[a-z]+:|true|false|null|none)$/iu;

/** Gives texts without any secret of the given properties, plain or as base64. */
export function redactor(
    properties: readonly PropertyMap[],
    alsoSecret: AlsoSecret = () => false,
): (text: string) => string {
    const secrets = properties.flatMap((each) => secretTexts(each, false, alsoSecret));
    // The longest first: one may be part of another.
    const forms = [...new Set(secrets.flatMap(formsOf))]
        .filter((form) => form.length >= 4)
        .sort((one, other) => other.length - one.length);
    return (text) => forms.reduce((rest, form) => rest.replaceAll(form, "[secret]"), text);
}

/** Shells drop the white space around a text, and what is shown line by line never holds all of one with several. */
function formsOf(secret: string): string[] {
    const wholes = [secret, secret.trim()];
    const lines = secret.trim().split(/[\r\n]+/);
    return [
        ...wholes,
        ...wholes.map((whole) => Buffer.from(whole).toString("base64")),
        ...lines.map((line) => line.trim()).filter((line) => !frame.test(line)),
    ];
}

function secretTexts(value: PropertyValue, secret: boolean, alsoSecret: AlsoSecret): string[] {
    if (typeof value === "string") {
        return secret ? [value] : [];
    }
    if (value instanceof SecretValue) {
        return secretTexts(value.value, true, alsoSecret);
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const map = value as PropertyMap;
    return Object.entries(map).flatMap(([key, inner]) =>
        secretTexts(inner, secret || alsoSecret(map, key), alsoSecret),
    );
}
