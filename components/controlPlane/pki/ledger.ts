import { X509Certificate } from "node:crypto";
import { renewalWindowDays } from "./generation";
import type { AuthorityName, Leaf, LeafName } from "./leaves";

/** One certificate of the control plane, as people want to know it. */
export interface LedgerRow {
    readonly name: LeafName | `${AuthorityName}-authority`;
    readonly subject: string;
    /** Names and addresses it is good for; empty for clients and authorities. */
    readonly names: readonly string[];
    /** Its end, in ISO 8601. */
    readonly notAfter: string;
    readonly generation: string;
    readonly renewal: string;
}

const msPerDay = 86_400_000;

/**
 * What ends soon, or has ended. A leaf is renewed long before that by any update, so it is here only
 * where the clock or the issuer's rules are not what they should be; an authority is nobody's but the
 * user's to replace.
 */
export const endingSoon = (rows: readonly LedgerRow[], now: Date): string[] =>
    rows.flatMap(({ name, subject, notAfter, renewal }) => {
        const days = Math.floor((Date.parse(notAfter) - now.getTime()) / msPerDay);
        if (days >= renewalWindowDays) return [];
        const ends = days < 0 ? "has ended" : `ends in ${days} days`;
        return [`The certificate ${name} (${subject}) ${ends}, on ${notAfter}: it ${renewal}.`];
    });

const subjectOf = ({ commonName, organizations }: Leaf) =>
    [`CN=${commonName}`, ...organizations.map((organization) => `O=${organization}`)].join(", ");

export const renewsAfter = (end: Date) =>
    `renews with the next up after ${end.toISOString().slice(0, 10)}`;

export const leafRow = (
    leaf: Leaf,
    issued: { readonly notAfter: string; readonly generation: string; readonly renewal: string },
): LedgerRow => ({
    name: leaf.name,
    subject: subjectOf(leaf),
    names: [...leaf.dnsNames, ...leaf.ipAddresses],
    ...issued,
});

export function ownAuthorityRow(authority: AuthorityName, certPem: string): LedgerRow {
    const { subject, validTo } = new X509Certificate(certPem);
    return {
        name: `${authority}-authority`,
        subject: subject.split("\n").join(", "),
        names: [],
        notAfter: new Date(validTo).toISOString(),
        generation: "own",
        renewal: "is replaced by passing another",
    };
}
