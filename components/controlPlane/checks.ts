import * as net from "node:net";
import { isCertificate } from "../support/pem";
import { type Problem, shown, within } from "../support/problems";
import { given, withDefaults } from "../support/givenArgs";
import { type ControlPlaneVersions, supportedPairs, versions } from "../versions";
import type { JwtIssuer } from "./apiServerFiles";
import { type BackupSettings, checkBackup } from "./backup/backupPlan";
import { checkEtcd, type EtcdFacts } from "./etcd/etcdPlan";
import type { KarmadaControlPlaneArgs } from "./karmadaControlPlane";
import { defaultNodePort } from "./layout";
import { checkMemoryLimits, type MemoryLimits } from "./memoryLimits";
import { checkMonitoring, type MonitoringSettings } from "./monitoring/monitoringSettings";
import { checkOptionalParts, type OptionalParts } from "./optionalParts";
import { checkPki, type PkiSettings } from "./pki/pkiChecks";
import { weaknesses } from "./weaknesses";

/** What is known of a control plane before any resource exists. */
export interface ControlPlaneFacts {
    readonly endpoint?: { readonly host?: unknown; readonly port?: unknown };
    readonly extraNames: readonly string[];
    readonly nodePort: number;
    readonly servers: number;
    readonly controllers: number;
    readonly memoryLimits: MemoryLimits;
    readonly versions: ControlPlaneVersions;
    readonly issuers: readonly JwtIssuer[];
    readonly encryptionGenerations: readonly number[];
    readonly etcd: EtcdFacts;
    readonly backup?: BackupSettings;
    readonly pki: PkiSettings;
    readonly optional: OptionalParts;
    readonly monitoring?: MonitoringSettings;
    readonly strict: boolean;
}

export const controlPlaneFacts = (
    args: Omit<KarmadaControlPlaneArgs, "kubeconfig" | "definitions" | "destroyWithMembers">,
): ControlPlaneFacts => ({
    endpoint: args.endpoint,
    extraNames: args.extraNames ?? [],
    nodePort: args.nodePort ?? defaultNodePort,
    servers: args.servers ?? 3,
    controllers: args.controllers ?? 2,
    memoryLimits: given(args.memoryLimits ?? {}),
    versions: { ...versions, ...given(args.versions ?? {}) },
    issuers: args.issuers ?? [],
    encryptionGenerations: args.encryptionGenerations ?? [1],
    etcd: withDefaults({ members: 3, storageSize: "10Gi", quota: "2Gi" }, args.etcd),
    backup: args.backup,
    pki: args.pki ?? {},
    optional: args.optional ?? {},
    monitoring: args.monitoring,
    strict: args.strict ?? false,
});

export function checkControlPlane(facts: ControlPlaneFacts, now: Date): Problem[] {
    return [
        ...checkEndpoint(facts.endpoint),
        ...facts.extraNames.flatMap((name, at) => checkHost(`extraNames[${at}]`, name)),
        ...checkWhole("nodePort", facts.nodePort, 30000, 32767),
        ...checkWhole("servers", facts.servers, 1, 9),
        ...checkWhole("controllers", facts.controllers, 1, 9),
        ...within("memoryLimits", checkMemoryLimits(facts.memoryLimits, facts.optional)),
        ...within("versions", checkVersions(facts.versions)),
        ...checkIssuers(facts.issuers),
        ...checkGenerations(facts.encryptionGenerations),
        ...within("etcd", checkEtcd(facts.etcd)),
        ...within("backup", facts.backup ? checkBackup(facts.backup) : []),
        ...within("pki", checkPki(facts.pki, now)),
        ...within("optional", checkOptionalParts(facts.optional)),
        ...within("monitoring", facts.monitoring ? checkMonitoring(facts.monitoring) : []),
        ...(facts.strict ? weaknesses(facts) : []),
    ];
}

function checkEndpoint(endpoint: ControlPlaneFacts["endpoint"]): Problem[] {
    if (endpoint === undefined || endpoint.host === undefined) {
        const message =
            'is missing; name what Karmada\'s clients call, as in { host: "karmada.example.com", port: 32443 }.';
        return [{ path: "endpoint", message }];
    }
    const { host, port } = endpoint;
    return [
        ...(typeof host === "string" ? checkHost("endpoint.host", host) : []),
        ...checkWhole("endpoint.port", port, 1, 65535),
    ];
}

const hostName =
    /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/i;
const onlyDigits = /^[\d.]+$/;

/** What a certificate can be made out to. No wildcards: each would be good for names of others too. */
export function checkHost(path: string, host: string): Problem[] {
    const usable = net.isIP(host) !== 0 || (hostName.test(host) && !onlyDigits.test(host));
    if (usable) return [];
    const message = `is ${shown(host)}; use a DNS name without wildcard, scheme or port, or an IP address.`;
    return [{ path, message }];
}

function checkWhole(path: string, value: unknown, least: number, most: number): Problem[] {
    const usable = Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
    if (usable) return [];
    return [{ path, message: `is ${shown(value)}; use a whole number from ${least} to ${most}.` }];
}

const version = /^(\d+\.\d+)\.\d+$/;

function checkVersions({ karmada, kubernetes }: ControlPlaneVersions): Problem[] {
    const minor = version.exec(karmada)?.[1] ?? "";
    const pairs = supportedPairs[minor];
    if (pairs === undefined) {
        const known = Object.keys(supportedPairs).join(", ");
        return [
            {
                path: "karmada",
                message: `is ${shown(karmada)}; use a patch version of ${known}, such as "${known.split(", ")[0]}.1".`,
            },
        ];
    }
    if (pairs.includes(version.exec(kubernetes)?.[1] ?? "")) return [];
    const message = `is ${shown(kubernetes)}; Karmada ${karmada} goes with a patch version of ${pairs.join(" or ")}.`;
    return [{ path: "kubernetes", message }];
}

/** The API server takes each issuer once, and does not start with one twice. */
function checkIssuers(issuers: readonly JwtIssuer[]): Problem[] {
    const urls = issuers.map(({ url }) => url);
    return issuers.flatMap((issuer, at) => {
        const first = urls.indexOf(issuer.url);
        const message = `is that of issuers[${first}] too; put their audiences into one.`;
        const again = first < at ? [{ path: "url", message }] : [];
        return within(`issuers[${at}]`, [...checkIssuer(issuer), ...again]);
    });
}

function checkIssuer(issuer: JwtIssuer): Problem[] {
    const { url, audiences, usernameClaim, usernamePrefix, certificateAuthority } = issuer;
    const problems: Problem[] = [];
    if (certificateAuthority !== undefined && !isCertificate(certificateAuthority)) {
        const message =
            "is no certificate in PEM; give that of the authority, not its name or file.";
        problems.push({ path: "certificateAuthority", message });
    }
    if (usernameClaim === "") {
        const message = 'is empty; name the claim with the user\'s name, such as "email".';
        problems.push({ path: "usernameClaim", message });
    }
    if (!URL.canParse(url) || new URL(url).protocol !== "https:") {
        problems.push({ path: "url", message: `is ${shown(url)}; use an https address.` });
    }
    if (audiences.length === 0) {
        const message = "is empty; name who the tokens must be meant for.";
        problems.push({ path: "audiences", message });
    }
    if (usernamePrefix === "" || usernamePrefix.startsWith("system:")) {
        const message = `is ${shown(usernamePrefix)}; use one that sets the issuer's users apart, such as "people:".`;
        problems.push({ path: "usernamePrefix", message });
    }
    return problems;
}

function checkGenerations(generations: readonly number[]): Problem[] {
    const path = "encryptionGenerations";
    if (generations.length === 0 || new Set(generations).size < generations.length) {
        const message = `is ${shown(generations)}; name each generation once, first the one that writes.`;
        return [{ path, message }];
    }
    return generations.flatMap((each, at) => checkWhole(`${path}[${at}]`, each, 1, 1_000_000));
}
