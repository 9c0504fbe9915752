import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { within } from "../../support/problems";
import { refuse } from "../../support/refuse";
import { authorityValidityHours } from "./generation";
import { type LedgerRow, ownAuthorityRow } from "./ledger";
import type { AuthorityName } from "./leaves";
import { checkOwnAuthority } from "./ownAuthority";
import type { AuthorityGenerations, OwnAuthority } from "./pkiChecks";

export interface Authority {
    readonly certPem: pulumi.Output<string>;
    /** Secret. */
    readonly privateKeyPem: pulumi.Output<string>;
    /** Whom to trust: the signing one first. */
    readonly bundle: pulumi.Output<string>;
    readonly row: pulumi.Output<LedgerRow>;
}

/** A key for signatures that everybody here reads: small, and quick at every handshake. */
export const signatureKey = { algorithm: "ECDSA", ecdsaCurve: "P256" } as const;

/** One authority per trusted generation: those that sign no more must still be known. */
export function declareAuthority(
    name: string,
    authority: AuthorityName,
    { signing, trusted }: AuthorityGenerations,
    opts: pulumi.CustomResourceOptions,
): Authority {
    const made = new Map(
        trusted.map((generation) => [
            generation,
            declareGeneration(`${name}-${authority}-authority`, authority, generation, opts),
        ]),
    );
    const { key, certificate } = made.get(signing)!;
    const others = trusted.filter((generation) => generation !== signing);
    return {
        certPem: certificate.certPem,
        privateKeyPem: pulumi.secret(key.privateKeyPem),
        bundle: joined([signing, ...others].map((each) => made.get(each)!.certificate.certPem)),
        row: certificate.validityEndTime.apply((notAfter): LedgerRow => ({
            name: `${authority}-authority`,
            subject: `CN=${authorityCommonName(authority, signing)}`,
            names: [],
            notAfter,
            generation: String(signing),
            renewal: "is replaced by naming a new generation of authorities",
        })),
    };
}

const authorityCommonName = (authority: AuthorityName, generation: number) =>
    `${authority}-ca-${generation}`;

function declareGeneration(
    resource: string,
    authority: AuthorityName,
    generation: number,
    opts: pulumi.CustomResourceOptions,
) {
    const key = new tls.PrivateKey(`${resource}-key-${generation}`, signatureKey, opts);
    const certificate = new tls.SelfSignedCert(
        `${resource}-${generation}`,
        {
            privateKeyPem: key.privateKeyPem,
            // Two generations are trusted side by side: readers tell them apart by the subject.
            subject: { commonName: authorityCommonName(authority, generation) },
            isCaCertificate: true,
            setSubjectKeyId: true,
            validityPeriodHours: authorityValidityHours,
            allowedUses: ["digital_signature", "cert_signing", "crl_signing"],
        },
        opts,
    );
    return { key, certificate };
}

/** The authority that the user brings. Nothing gets to see it before it has passed the check. */
export function ownAuthority(
    authority: AuthorityName,
    own: OwnAuthority,
    now: Date,
    opts: pulumi.CustomResourceOptions,
): Authority {
    const texts = pulumi
        .all([own.certPem, own.privateKeyPem, own.alsoTrusted ?? ""])
        .apply(([certPem, privateKeyPem, alsoTrusted]) => {
            const given = { certPem, privateKeyPem, alsoTrusted: alsoTrusted || undefined };
            refuse(
                opts.parent,
                `The ${authority} authority`,
                within(`own.${authority}`, checkOwnAuthority(given, now)),
            );
            return { certPem, privateKeyPem, alsoTrusted };
        });
    // Only the key is to be kept: secret certificates would hide every preview of what uses them.
    const certPem = pulumi.unsecret(texts.certPem);
    const alsoTrusted = pulumi.unsecret(texts.alsoTrusted);
    return {
        certPem,
        privateKeyPem: pulumi.secret(texts.privateKeyPem),
        bundle: joined([certPem, alsoTrusted]),
        row: certPem.apply((pem) => ownAuthorityRow(authority, pem)),
    };
}

/** Several PEM texts as one. */
export function joined(texts: pulumi.Input<string>[]): pulumi.Output<string> {
    return pulumi.all(texts).apply((pems) =>
        pems
            .filter((pem) => pem !== "")
            .map((pem) => `${pem.trimEnd()}\n`)
            .join(""),
    );
}
