import { at, forEach, forEachAt, textAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { ofType } from "../../subjects/amazon";

const certificates = [
    "tls:index/locallySignedCert:LocallySignedCert",
    "tls:index/selfSignedCert:SelfSignedCert",
];
const controlPlane = "pulumi-karmada-eks:index:KarmadaControlPlane";
const millisecondsADay = 86_400_000;

export const certificatesNotEnding = stackRule({
    id: "KAR-08",
    name: "certificates-not-ending",
    sentence: "No certificate of the program is about to end.",
    severity: "critical",
    anchors: ["karmada-io/karmada#4769", "karmada-io/karmada#4787", "karmada-io/karmada#4723"],
    remedy: "Renew it: with the control plane of this library by an update, or by a new pki.generation; its own authorities by passing another.",
    levels: levels.fromProd,
    options: {
        days: {
            schema: { type: "integer", minimum: 1, description: "How long each must still hold." },
            default: 30,
            dev: 7,
        },
    },
    unknown: "later",
    concerns: [...certificates, controlPlane],
    checkStack(stack, report, { days }) {
        const lastDay = Date.now() + days * millisecondsADay;
        const endsSoon = (end: string | undefined): end is string =>
            end !== undefined && Date.parse(end) < lastDay;
        forEach(ofType(stack, ...certificates), (certificate) => {
            const end = textAt(certificate.props, "validityEndTime");
            if (endsSoon(end)) {
                report(
                    `it ends on ${end}, in less than ${days} days or already: renew it.`,
                    certificate,
                );
            }
        });
        // Authorities that the program was given are no resources of its own.
        forEach(ofType(stack, controlPlane), (plane) =>
            forEachAt(plane.props, ["ledger"], (row) => {
                const end = textAt(row, "notAfter");
                if (at(row, "generation") === "own" && endsSoon(end)) {
                    report(
                        `${textAt(row, "name")} in its ledger ends on ${end}, in less than ${days} days or already: pass another.`,
                        plane,
                    );
                }
            }),
        );
    },
});
