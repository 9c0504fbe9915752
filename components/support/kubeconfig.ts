import { parseDocument } from "yaml";

/** What a kubeconfig says about the API server of its current context. */
export interface ClusterAccess {
    readonly server: string;
    /** Empty when the kubeconfig trusts the system's own certificate authorities. */
    readonly caCertPem: string;
}

export type KubeconfigReading = { readonly access: ClusterAccess } | { readonly problem: string };

interface Named {
    readonly name?: unknown;
    readonly [entry: string]: unknown;
}

/** Reads the current context's cluster; a problem is worded to follow the argument's name. */
export function readKubeconfig(text: string): KubeconfigReading {
    if (text.trim() === "") {
        return { problem: "is empty, and so no kubeconfig." };
    }
    const document = parseDocument(text, { logLevel: "silent" });
    const config: unknown = document.errors.length > 0 ? undefined : document.toJS();
    if (!isRecord(config)) {
        return { problem: "is not YAML of a kubeconfig." };
    }
    const current = config["current-context"];
    if (typeof current !== "string" || current === "") {
        return {
            problem: 'has no current context; set one with "kubectl config use-context NAME".',
        };
    }
    const context = entry(config["contexts"], current, "context");
    if (!context) {
        return { problem: `has the current context "${current}", but no context of that name.` };
    }
    const clusterName = String(context["cluster"]);
    const cluster = entry(config["clusters"], clusterName, "cluster");
    if (!cluster) {
        return { problem: `has no cluster "${clusterName}", which its current context names.` };
    }
    if (!entry(config["users"], String(context["user"]), "user")) {
        return { problem: `has no user "${context["user"]}", which its current context names.` };
    }
    return readCluster(clusterName, cluster);
}

function readCluster(name: string, cluster: Record<string, unknown>): KubeconfigReading {
    const { server } = cluster;
    if (typeof server !== "string" || !isServerUrl(server)) {
        return { problem: `has no usable server address for cluster "${name}".` };
    }
    if (cluster["certificate-authority"] !== undefined) {
        return {
            problem: `points to a certificate file for cluster "${name}"; embed it with "kubectl config view --flatten --minify".`,
        };
    }
    const encoded = cluster["certificate-authority-data"];
    const caCertPem =
        typeof encoded === "string" ? Buffer.from(encoded, "base64").toString("utf8") : "";
    return { access: { server, caCertPem } };
}

function entry(list: unknown, name: string, kind: string): Record<string, unknown> | undefined {
    const entries: readonly unknown[] = Array.isArray(list) ? list : [];
    const found = entries.find((each): each is Named => isRecord(each) && each["name"] === name);
    const value = found?.[kind];
    return isRecord(value) ? value : undefined;
}

/** Karmada takes no user, query or fragment in a member's address. */
export function isServerUrl(text: string): boolean {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return (
        (url?.protocol === "https:" || url?.protocol === "http:") &&
        url.username === "" &&
        url.search === "" &&
        url.hash === ""
    );
}

function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A kubeconfig that proves who it is by a client certificate. */
export function renderKubeconfig(access: ClusterAccess, user: ClientCertificate): string {
    const encode = (pem: string) => Buffer.from(pem, "utf8").toString("base64");
    const authority = access.caCertPem && {
        "certificate-authority-data": encode(access.caCertPem),
    };
    const credentials = {
        "client-certificate-data": encode(user.certPem),
        "client-key-data": encode(user.privateKeyPem),
    };
    const context = { cluster: "karmada", user: user.name };
    // JSON is YAML, and keeps the order of keys: the same input is the same text.
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "karmada",
        clusters: [{ name: "karmada", cluster: { server: access.server, ...(authority || {}) } }],
        users: [{ name: user.name, user: credentials }],
        contexts: [{ name: "karmada", context }],
    });
}

export interface ClientCertificate {
    readonly name: string;
    readonly certPem: string;
    readonly privateKeyPem: string;
}
