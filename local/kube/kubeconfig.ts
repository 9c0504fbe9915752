import * as https from "node:https";
// The package's index would load its generated models of every Kubernetes kind as well.
import { KubeConfig } from "@kubernetes/client-node/dist/config";
import { UserError } from "../support/errors";
import { CredentialPlugin, Exec } from "./credentialPlugin";

export interface KubeconfigOptions {
    /** Use this context instead of the current one. */
    readonly context?: string;
    /** Use this cluster instead of the context's. */
    readonly cluster?: string;
    /** Folder that relative paths in the kubeconfig start from. */
    readonly directory?: string;
    /** How long a credential plugin may take. */
    readonly credentialTimeoutMs?: number;
}

export interface Access {
    readonly server: URL;
    /** Namespace of the context. */
    readonly namespace: string;
    /** TLS material; the same for all requests. */
    tls(): Promise<https.AgentOptions>;
    /** Authorization header; a credential plugin is asked again when its token ends. */
    headers(): Promise<Record<string, string>>;
}

/** Reads who to talk to, and as whom, from the text of a kubeconfig. */
export function readKubeconfig(text: string, options: KubeconfigOptions = {}): Access {
    const config = parse(text);
    if (options.directory !== undefined) {
        config.makePathsAbsolute(options.directory);
    }
    const context = chosenContext(config, options.context);
    const clusterName = options.cluster ?? context.cluster;
    const cluster = config.getCluster(clusterName);
    if (!cluster) {
        const names = listed(config.clusters.map((each) => each.name));
        throw new UserError(`kubeconfig: there is no cluster "${clusterName}"; it has ${names}`);
    }
    const user = config.getUser(context.user);
    if (!user) {
        const names = listed(config.users.map((each) => each.name));
        throw new UserError(
            `kubeconfig: context "${context.name}" names user "${context.user}", which is not there; it has ${names}`,
        );
    }
    const { exec, ...withoutPlugin } = user;
    // The package would wait for it without end.
    config.users = [withoutPlugin];
    const plugin = exec && new CredentialPlugin(exec as Exec, options.credentialTimeoutMs);
    config.contexts = [{ ...context, cluster: clusterName }];
    config.setCurrentContext(context.name);
    return {
        server: serverOf(cluster.server, clusterName),
        namespace: context.namespace ?? "default",
        tls: async () => {
            const { ca, cert, key, servername, rejectUnauthorized } = await authenticated(
                config,
                plugin,
            );
            return { ca, cert, key, servername, rejectUnauthorized };
        },
        headers: async () => {
            const { headers, auth } = await authenticated(config, plugin);
            const basic = auth && `Basic ${Buffer.from(auth).toString("base64")}`;
            return {
                ...(headers as Record<string, string> | undefined),
                ...(basic ? { Authorization: basic } : {}),
            };
        },
    };
}

/** For a kubeconfig that is no good, where nothing may come of it before somebody is to be talked to. */
export function noAccess(error: UserError): Access {
    const fail = () => Promise.reject<never>(error);
    return {
        server: new URL("https://unknown.invalid"),
        namespace: "default",
        tls: fail,
        headers: fail,
    };
}

function parse(text: string): KubeConfig {
    const config = new KubeConfig();
    try {
        config.loadFromString(text);
    } catch (error) {
        throw new UserError(`kubeconfig: cannot be read: ${whyUnreadable(error as Error)}`);
    }
    if (config.clusters.length === 0 && config.contexts.length === 0) {
        throw new UserError(
            "kubeconfig: it has no clusters and no contexts: it is not a kubeconfig",
        );
    }
    return config;
}

/** Without the YAML parser's own message: that quotes the text, which holds credentials. */
function whyUnreadable(error: Error): string {
    const { reason, mark } = error as { reason?: string; mark?: { line: number } };
    if (reason) {
        return `not valid YAML or JSON: ${reason} in line ${(mark?.line ?? 0) + 1}`;
    }
    return error instanceof TypeError ? "it is empty or not a kubeconfig" : error.message;
}

function chosenContext(config: KubeConfig, wanted: string | undefined) {
    const name = wanted ?? config.getCurrentContext();
    const names = listed(config.contexts.map((each) => each.name));
    if (!name) {
        throw new UserError(
            `kubeconfig: it has no current-context; set one or name a context: it has ${names}`,
        );
    }
    const context = config.getContextObject(name);
    if (!context) {
        throw new UserError(`kubeconfig: there is no context "${name}"; it has ${names}`);
    }
    return context;
}

async function authenticated(
    config: KubeConfig,
    plugin: CredentialPlugin | undefined,
): Promise<https.RequestOptions> {
    const options: https.RequestOptions = {};
    try {
        await config.applyToHTTPSOptions(options);
        Object.assign(options, plugin && (await credentialOptions(plugin)));
    } catch (error) {
        throw new UserError(
            `kubeconfig: the credentials of user "${config.getCurrentUser()?.name}" cannot be used: ${(error as Error).message}`,
        );
    }
    return options;
}

async function credentialOptions(plugin: CredentialPlugin): Promise<https.RequestOptions> {
    const { token, clientCertificateData: cert, clientKeyData: key } = await plugin.credential();
    return {
        ...(cert && { cert, key }),
        ...(token && { headers: { Authorization: `Bearer ${token}` } }),
    };
}

function serverOf(server: string, cluster: string): URL {
    if (!/^https?:/.test(server) || !URL.canParse(server)) {
        throw new UserError(
            `kubeconfig: cluster "${cluster}" has server "${server}", which is not a URL like https://host:6443`,
        );
    }
    return new URL(server);
}

function listed(names: readonly string[]): string {
    return names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ");
}
