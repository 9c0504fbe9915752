import { at, numberAt, textAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { commands, karmadactlCalls } from "../../subjects/commandLines";
import { helmTypes, isKarmadaChart, karmadaObject } from "../../subjects/karmada";

const signed = "tls:index/locallySignedCert:LocallySignedCert";
const hoursADay = 24;

export const certificatesShortLived = resourceRule({
    id: "KAR-08",
    name: "certificates-short-lived",
    sentence: "Certificates are renewed every year: whoever steals one cannot use it for long.",
    severity: "medium",
    anchors: ["karmada-io/karmada#4769", "karmada-io/karmada#4787", "karmada-io/karmada#4723"],
    remedy: "Let certificates of servers and clients be valid for a year at most, and renew them before.",
    levels: levels.fromProd,
    options: {
        days: {
            schema: { type: "integer", minimum: 1, description: "The most days one may be valid." },
            default: 366,
        },
    },
    unknown: "later",
    types: [signed, karmadaObject, ...helmTypes, ...commands],
    check(resource, report, { days }) {
        const { type, props } = resource;
        const judge = (path: string, hours: number | undefined) => {
            if (hours !== undefined && hours > days * hoursADay) {
                report(
                    `${path} makes certificates valid for ${Math.ceil(hours / hoursADay)} days: ${days} at most.`,
                );
            }
        };
        if (type === signed) {
            // An authority lives longer than what it signs.
            if (at(props, "isCaCertificate") !== true) {
                judge("validityPeriodHours", numberAt(props, "validityPeriodHours"));
            }
        } else if (type === karmadaObject) {
            const path = ["spec", "customCertificate", "leafCertValidityDays"];
            judge(path.join("."), (numberAt(props, ...path) ?? 365) * hoursADay);
        } else if ((helmTypes as readonly string[]).includes(type)) {
            const certs = at(props, "values", "certs");
            if (!isKarmadaChart(resource) || (textAt(certs, "mode") ?? "auto") !== "auto") return;
            const expiry = textAt(certs, "auto", "expiry") ?? "43800h";
            judge("values.certs.auto.expiry", hoursOf(expiry));
        } else {
            for (const { path, subcommand, flags } of karmadactlCalls(resource)) {
                const period = flags["cert-validity-period"];
                if (subcommand === "init" && period !== undefined) {
                    judge(`${path}: --cert-validity-period`, hoursOf(period));
                }
            }
        }
    },
});

function hoursOf(duration: string): number | undefined {
    const hours = /^(\d+)h/.exec(duration)?.[1];
    return hours === undefined ? undefined : Number(hours);
}
