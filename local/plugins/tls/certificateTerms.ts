import type { SelfSignedCertArgs } from "@pulumi/tls";
import type { Plain, RevealedMap } from "../protocol/provider";
import { flag, oneOf, textsOf } from "../protocol/shapes";
import { issueCertificate, type Holder, type Issuer } from "./certificates";
import { integer } from "./inputs";
import type { Created } from "./resource";
import { extendedKeyUsages, keyUsages } from "./uses";

const allUses = [...Object.keys(keyUsages), ...Object.keys(extendedKeyUsages)].sort();
/** The last year that a certificate can hold is 9999. */
const mostHours = 69_000_000;
const msPerHour = 3_600_000;

export const termInputs = {
    allowedUses: { shape: textsOf(oneOf(allUses)), required: true },
    validityPeriodHours: { shape: integer(0, mostHours), required: true },
    earlyRenewalHours: { shape: integer(0), default: 0, inPlace: true },
    isCaCertificate: { shape: flag, default: false },
    maxPathLength: { shape: integer(-1) },
    setSubjectKeyId: { shape: flag, default: false },
};

export const certificateOutputs = [
    "certPem",
    "validityStartTime",
    "validityEndTime",
    "readyForRenewal",
];

type TermValues = Plain<Pick<SelfSignedCertArgs, keyof typeof termInputs>>;

export function issued(holder: Holder, values: TermValues, issuer: Issuer, now: Date): Created {
    // Certificates count in whole seconds.
    const notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000);
    const notAfter = new Date(notBefore.getTime() + values.validityPeriodHours * msPerHour);
    const certificate = issueCertificate(holder, { ...values, notBefore, notAfter }, issuer);
    return {
        id: BigInt(`0x${certificate.serialNumber}`).toString(),
        computed: {
            certPem: certificate.toString(),
            validityStartTime: rfc3339(notBefore),
            validityEndTime: rfc3339(notAfter),
            readyForRenewal: false,
        },
    };
}

function rfc3339(time: Date): string {
    return time.toISOString().replace(".000Z", "Z");
}

/** Whether the certificate with these outputs has come so near its end that a new one is due. */
export function isDue({ validityEndTime }: RevealedMap, news: RevealedMap, now: Date): boolean {
    const { earlyRenewalHours: hours } = news;
    const early = typeof hours === "number" ? hours * msPerHour : 0;
    return (
        typeof validityEndTime === "string" && Date.parse(validityEndTime) - early <= now.getTime()
    );
}
