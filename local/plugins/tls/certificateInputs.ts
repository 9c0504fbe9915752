import type { KeyObject } from "node:crypto";
import type { CheckFailure } from "../protocol/provider";
import type { CertificateTerms, IssuedCertificate } from "./certificates";
import type { Inputs, InputSpecs } from "./inputs";
import { algorithmOf, algorithms, parsePrivateKey } from "./keys";
import { open, type Created, type TlsResource } from "./resource";
import { allUses } from "./uses";

/** The inputs that hold a private key: in the state, or (`…Wo`) used once. */
export function keyInputs(name: string): InputSpecs {
    return {
        [name]: { kind: "text", secret: true },
        [`${name}Wo`]: { kind: "text", writeOnly: true },
        [`${name}WoVersion`]: { kind: "integer" },
    };
}

export function keyText(inputs: Inputs, name: string): string | undefined {
    return inputs.text(name) ?? inputs.text(`${name}Wo`);
}

export function keyFailures(inputs: Inputs, name: string): CheckFailure[] {
    if (!inputs.has(name) && !inputs.has(`${name}Wo`)) {
        return [{ property: name, reason: "is required" }];
    }
    const text = keyText(inputs, name);
    return text === undefined || parsePrivateKey(text) !== undefined
        ? []
        : [
              {
                  property: inputs.has(name) ? name : `${name}Wo`,
                  reason: `is not an unencrypted private key in PEM (${algorithms.join(", ")})`,
              },
          ];
}

/** Only after `keyFailures` found none. */
export function requiredKey(inputs: Inputs, name: string): KeyObject {
    return parsePrivateKey(keyText(inputs, name)!)!;
}

export const holderInputs: InputSpecs = {
    subject: { kind: "subject" },
    dnsNames: { kind: "texts" },
    ipAddresses: { kind: "texts" },
    uris: { kind: "texts" },
};

export const termInputs: InputSpecs = {
    allowedUses: { kind: "texts", required: true, oneOf: allUses },
    validityPeriodHours: { kind: "integer", required: true, range: [0, Infinity] },
    earlyRenewalHours: { kind: "integer", default: 0, range: [0, Infinity], inPlace: true },
    isCaCertificate: { kind: "flag", default: false },
    maxPathLength: { kind: "integer", range: [-1, Infinity] },
    setSubjectKeyId: { kind: "flag", default: false },
};

export const certificateOutputs: TlsResource["computed"] = {
    certPem: open,
    validityStartTime: open,
    validityEndTime: open,
    readyForRenewal: open,
};

const msPerHour = 3_600_000;
/** The last moment a certificate can express. */
const endOfTime = Date.parse("9999-12-31T23:59:59Z");

export function termFailures(inputs: Inputs, now: Date): CheckFailure[] {
    const hours = inputs.integer("validityPeriodHours") ?? 0;
    return now.getTime() + hours * msPerHour <= endOfTime
        ? []
        : [
              {
                  property: "validityPeriodHours",
                  reason: `${hours} hours from now is after the year 9999, the last a certificate can hold`,
              },
          ];
}

export function termsOf(inputs: Inputs, now: Date): CertificateTerms {
    // Certificates count in whole seconds.
    const start = Math.floor(now.getTime() / 1000) * 1000;
    const maxPathLength = inputs.integer("maxPathLength") ?? -1;
    return {
        notBefore: new Date(start),
        notAfter: new Date(start + inputs.integer("validityPeriodHours")! * msPerHour),
        allowedUses: inputs.texts("allowedUses"),
        isCa: inputs.flag("isCaCertificate"),
        // The official provider writes no limit for 0 either: Go takes it for one that was not given.
        maxPathLength: maxPathLength > 0 ? maxPathLength : undefined,
        setSubjectKeyId: inputs.flag("setSubjectKeyId"),
    };
}

export function certificateCreated(
    certificate: IssuedCertificate,
    terms: CertificateTerms,
    algorithmOutput: string,
    key: KeyObject,
): Created {
    return {
        id: certificate.serialNumber,
        computed: {
            certPem: certificate.pem,
            validityStartTime: rfc3339(terms.notBefore),
            validityEndTime: rfc3339(terms.notAfter),
            readyForRenewal: false,
            [algorithmOutput]: algorithmOf(key)!,
        },
    };
}

function rfc3339(time: Date): string {
    return time.toISOString().replace(".000Z", "Z");
}

/** Whether the certificate of these outputs has come so near its end that a new one is due. */
export function isReadyForRenewal(validityEndTime: string, earlyHours: number, now: Date): boolean {
    return Date.parse(validityEndTime) - earlyHours * msPerHour <= now.getTime();
}
