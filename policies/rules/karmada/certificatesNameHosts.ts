import { forEach, lengthAt, textsAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { ofType } from "../../subjects/amazon";

const signed = "tls:index/locallySignedCert:LocallySignedCert";
const request = "tls:index/certRequest:CertRequest";

export const certificatesNameHosts = stackRule({
    id: "KAR-08",
    name: "certificates-name-hosts",
    sentence: "The certificate of a server names the hosts by which it is called.",
    severity: "high",
    anchors: ["karmada-io/karmada#4769"],
    remedy: "Give the request dnsNames or ipAddresses: clients look at nothing else.",
    levels: levels.always,
    unknown: "later",
    concerns: [signed],
    reads: [request],
    checkStack(stack, report) {
        const requests = ofType(stack, request);
        forEach(ofType(stack, signed), (certificate) => {
            if (!textsAt(certificate.props, "allowedUses").includes("server_auth")) return;
            const urns = certificate.references("certRequestPem");
            forEach(
                requests.filter(({ urn }) => urns.includes(urn)),
                (asked) => {
                    const named = ["dnsNames", "ipAddresses"].some(
                        (key) => lengthAt(asked.props, key) > 0,
                    );
                    if (!named) {
                        report(
                            `dnsNames and ipAddresses are empty, and "${certificate.name}" is for a server: name its hosts.`,
                            asked,
                        );
                    }
                },
            );
        });
    },
});
