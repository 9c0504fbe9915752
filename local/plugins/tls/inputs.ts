import type { KeyObject } from "node:crypto";
import { isIP } from "node:net";
import { isPropertyMap, sortOf } from "../protocol/provider";
import {
    failureIf,
    objectOf,
    text,
    textsOf,
    textThat,
    unexpected,
    type Shape,
} from "../protocol/shapes";
import { algorithms, parsePrivateKey } from "./keys";
import type { InputSpec } from "./resource";
import { subjectAttributes } from "./subject";

export const integer =
    (least: number, most = Infinity): Shape =>
    (value, path) => {
        const fits = Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
        const limits = most < Infinity ? `from ${least} to ${most}` : `of ${least} or more`;
        const given = typeof value === "number" ? value : sortOf(value);
        return failureIf(!fits, path, `must be a whole number ${limits}, not ${given}`);
    };

const privateKey = textThat(
    (given) =>
        parsePrivateKey(given) === undefined &&
        `is not an unencrypted private key in PEM (${algorithms.join(", ")})`,
);

/** The inputs that hold a private key: in the state, or (`…Wo`) used once. */
export const keyInputs = <Name extends string>(name: Name) =>
    ({
        [name]: { shape: privateKey, required: true, alternative: `${name}Wo` },
        [`${name}Wo`]: { shape: privateKey, writeOnly: true },
        [`${name}WoVersion`]: { shape: integer(0) },
    }) as Record<Name | `${Name}Wo` | `${Name}WoVersion`, InputSpec>;

/** Only of inputs without problems. */
export function requiredKey(stored: string | undefined, usedOnce: string | undefined): KeyObject {
    return parsePrivateKey((stored ?? usedOnce)!)!;
}

const subjectShapes = Object.fromEntries(
    subjectAttributes.map((name): [string, Shape] => [
        name,
        name === "streetAddresses" ? textsOf(text) : text,
    ]),
);

const subject: Shape = (value, path) => [
    ...(isPropertyMap(value) ? unexpected(value, subjectShapes, path) : []),
    ...objectOf(subjectShapes)(value, path),
];

const names = (what: string, isOne: (name: string) => boolean): InputSpec => ({
    shape: textsOf(textThat((name) => !isOne(name) && `${JSON.stringify(name)} is not ${what}`)),
});

export const holderInputs = {
    subject: { shape: subject },
    dnsNames: names("a DNS name", (name) => /^[!-~]+$/.test(name)),
    // An address with a zone ("fe80::1%eth0") cannot stand in a certificate.
    ipAddresses: names("an IP address", (name) => isIP(name) !== 0 && !name.includes("%")),
    uris: names("an absolute URI", (name) => URL.canParse(name) && /^[!-~]+$/.test(name)),
};
