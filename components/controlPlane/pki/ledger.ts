import { X509Certificate } from "node:crypto";
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
