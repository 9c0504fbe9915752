import type { OfflinePreview, PlannedResource } from "../offline";
import { type Inventory } from "./inventory";
import { at, compared, listOf, numberOf, textOf } from "./values";

export interface CertificateRow {
    readonly name: string;
    readonly subject: string;
    readonly notAfter: string;
    /** When or how it is replaced, where the control plane says so. */
    readonly renewal: string;
}

const signed = "tls:index/locallySignedCert:LocallySignedCert";
const selfSigned = "tls:index/selfSignedCert:SelfSignedCert";

/**
 * From the stack's ledger where the stack exports one; else from the certificates that it declares,
 * as if they were issued now.
 */
export function certificatesOf(
    { outputs }: Pick<OfflinePreview, "outputs">,
    inventory: Inventory,
    now: Date,
): CertificateRow[] {
    const ledger = ledgerIn(outputs);
    if (ledger.length > 0) return ledger;
    const requests = new Map(
        inventory.ofType("tls:index/certRequest:CertRequest").map((each) => [each.urn, each]),
    );
    const rowOf = (certificate: PlannedResource): CertificateRow => {
        const request = certificate.dependencies.map((urn) => requests.get(urn)).find(Boolean);
        return {
            name: certificate.name,
            subject: subjectOf(request ?? certificate),
            notAfter: endOf(certificate, now),
            renewal: "",
        };
    };
    return [selfSigned, signed].flatMap((type) =>
        inventory
            .ofType(type)
            .map(rowOf)
            .sort((a, b) => compared(a.name, b.name)),
    );
}

function ledgerIn(outputs: Readonly<Record<string, unknown>>): CertificateRow[] {
    return listOf(outputs.certificates).flatMap((row) => {
        const name = textOf(at(row, "name"));
        return name === undefined
            ? []
            : [
                  {
                      name,
                      subject: textOf(at(row, "subject")) ?? "",
                      notAfter: textOf(at(row, "notAfter")) ?? "not known yet",
                      renewal: textOf(at(row, "renewal")) ?? "",
                  },
              ];
    });
}

function subjectOf({ inputs }: PlannedResource): string {
    const subject = inputs.subject;
    const commonName = textOf(at(subject, "commonName"));
    const organization = textOf(at(subject, "organization"));
    return [commonName && `CN=${commonName}`, organization && `O=${organization}`]
        .filter(Boolean)
        .join(", ");
}

function endOf({ inputs }: PlannedResource, now: Date): string {
    const hours = numberOf(inputs.validityPeriodHours);
    return hours === undefined
        ? "not known yet"
        : new Date(now.getTime() + hours * 3_600_000).toISOString();
}
