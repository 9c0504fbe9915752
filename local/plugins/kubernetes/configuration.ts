import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { UserError } from "../../support/errors";
import { KubeClient, readKubeconfig } from "../../kube";
import {
    CheckFailure,
    DiffResult,
    PropertyMap,
    PropertyValue,
    refuse,
    sortOf,
    Unknown,
    unwrapSecrets,
} from "../protocol/provider";
import { withWayOut } from "./failures";
import { Mutability } from "./immutable";

export interface Configuration {
    readonly client: KubeClient;
    /** Namespace of namespaced objects that name none. */
    readonly namespace: string;
    readonly mutability: Mutability;
    readonly deleteUnreachable: boolean;
    readonly patchForce: boolean;
    readonly upsert: boolean;
}

interface Kubeconfig {
    readonly text: string;
    readonly directory?: string;
}

export function configure(args: PropertyMap): Configuration {
    refuse([...mistyped(args), ...unheeded(args)]);
    const settings = unwrapSecrets(args) as PropertyMap;
    const flag = (name: string, variable: string) =>
        String(settingOf(settings, name, variable)) === "true";
    const deleteUnreachable = forgets(settings);
    const client = clientOf(settings, (error) => {
        if (!deleteUnreachable) throw withWayOut(error);
        return KubeClient.failing(error);
    });
    return {
        client,
        namespace: textOf(settings.namespace) ?? client.namespace,
        mutability: {
            configMapsMutable: flag("enableConfigMapMutable", "ENABLE_CONFIGMAP_MUTABLE"),
            secretsMutable: flag("enableSecretMutable", "ENABLE_SECRET_MUTABLE"),
        },
        deleteUnreachable,
        patchForce: flag("enablePatchForce", "ENABLE_PATCH_FORCE"),
        upsert: flag("upsertExistingObjects", "UPSERT_EXISTING_OBJECTS"),
    };
}

/** As it was given, or else as the environment has it. */
const settingOf = (settings: PropertyMap, name: string, variable: string) =>
    settings[name] ?? process.env[`PULUMI_K8S_${variable}`];

const forgets = (settings: PropertyMap) =>
    String(settingOf(settings, "deleteUnreachable", "DELETE_UNREACHABLE")) === "true";

/** The kubeconfig's client, or what is to be done where the kubeconfig is no good. */
function clientOf<T>(
    { kubeconfig, context, cluster }: PropertyMap,
    otherwise: (error: UserError) => T,
): KubeClient | T {
    try {
        const { text, directory } = loadKubeconfig(kubeconfig);
        const chosen = { context: textOf(context), cluster: textOf(cluster), directory };
        return KubeClient.fromKubeconfig(text, chosen);
    } catch (error) {
        if (!(error instanceof UserError)) {
            throw error;
        }
        return otherwise(error);
    }
}

const texts = ["kubeconfig", "context", "cluster", "namespace", "clusterIdentifier"];
const flags = [
    "enableConfigMapMutable",
    "enableSecretMutable",
    "deleteUnreachable",
    "enablePatchForce",
    "upsertExistingObjects",
];

/** A setting that cannot be read must not be taken for one that is not there: another cluster might be meant. */
function mistyped(args: PropertyMap): CheckFailure[] {
    const settings = unwrapSecrets(args) as PropertyMap;
    const problems = (names: readonly string[], fits: (value: PropertyValue) => boolean) =>
        names.filter((name) => !fits(settings[name] ?? Unknown));
    const unreadable = problems(texts, (value) => typeof value === "string" || value === Unknown);
    const undecided = problems(flags, (value) =>
        ([true, false, "true", "false", Unknown] as PropertyValue[]).includes(value),
    );
    return [
        ...unreadable.map((property) => ({
            property,
            reason: `must be a string, not ${sortOf(settings[property])}`,
        })),
        ...undecided.map((property) => ({
            property,
            reason: `must be true or false, not ${JSON.stringify(settings[property])}`,
        })),
    ];
}

/** Options that would silently do nothing here: their variables, and the value that asks for nothing. */
const unsupported: Readonly<
    Record<string, { readonly variable?: string; readonly harmless?: string }>
> = {
    renderYamlToDirectory: {},
    enableServerSideApply: { variable: "ENABLE_SERVER_SIDE_APPLY", harmless: "true" },
    skipUpdateUnreachable: { variable: "SKIP_UPDATE_UNREACHABLE", harmless: "false" },
};

function unheeded(args: PropertyMap): CheckFailure[] {
    const settings = unwrapSecrets(args) as PropertyMap;
    return Object.entries(unsupported).flatMap(([property, { variable, harmless }]) => {
        const value = variable ? settingOf(settings, property, variable) : settings[property];
        const none: readonly unknown[] = [undefined, null, "", Unknown];
        if (none.includes(value)) return [];
        if (String(value) === harmless) return [];
        const shown = typeof value === "string" ? value : JSON.stringify(value);
        const reason = `"${property}: ${shown}" is not supported here; leave it out, or use the official plugin`;
        return [{ property, reason }];
    });
}

export function checkConfiguration(news: PropertyMap): CheckFailure[] {
    const unreadable = mistyped(news);
    const failures = [...unheeded(news), ...unreadable];
    const settings = unwrapSecrets(news) as PropertyMap;
    if (unreadable.length > 0 || Object.values(settings).includes(Unknown)) {
        return failures;
    }
    // One that is to be forgotten may have lost its kubeconfig; whoever wants something of it will be told.
    if (!forgets(settings)) {
        clientOf(settings, ({ message }) => {
            const reason = message.replace(/^kubeconfig: /, "");
            failures.push({ property: "kubeconfig", reason });
        });
    }
    return failures;
}

/**
 * Another cluster means that all is to be made anew; new credentials for the same one do not. The clusters are the
 * same when their `clusterIdentifier` is, or else when context and server are.
 */
export function diffConfiguration(old: PropertyMap, news: PropertyMap): DiffResult {
    const before = unwrapSecrets(old) as PropertyMap;
    const after = unwrapSecrets(news) as PropertyMap;
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = keys.filter((key) => {
        return JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null);
    });
    const unknown = keys.filter((key) => after[key] === Unknown);
    const all = [...new Set([...changed, ...unknown])];
    const locating = ["kubeconfig", "context", "cluster"].filter((key) => all.includes(key));
    const oldId = textOf(before.clusterIdentifier);
    const newId = textOf(after.clusterIdentifier);
    const replaces =
        oldId !== undefined && newId !== undefined
            ? oldId === newId
                ? []
                : ["clusterIdentifier"]
            : locating.length > 0 && sameCluster(before, after)
              ? []
              : locating;
    return {
        changes: all.length > 0,
        replaces,
        detailedDiff: Object.fromEntries(
            all.map((key) => [
                key,
                { kind: replaces.includes(key) ? "update-replace" : "update", inputDiff: true },
            ]),
        ),
    };
}

function sameCluster(before: PropertyMap, after: PropertyMap): boolean {
    const servers = [before, after].map((settings) => {
        try {
            const { text } = loadKubeconfig(settings.kubeconfig);
            const context = textOf(settings.context);
            return readKubeconfig(text, { context, cluster: textOf(settings.cluster) }).server.href;
        } catch {
            // An old kubeconfig that was never good tells nothing; an unknown one nothing yet.
            return undefined;
        }
    });
    return servers[0] !== undefined && servers[0] === servers[1];
}

/** The value is the text itself or the path of a file; without one, the user's own. */
function loadKubeconfig(value: PropertyValue | undefined): Kubeconfig {
    const given = textOf(value);
    if (given === undefined) {
        const file = process.env.KUBECONFIG || join(homedir(), ".kube", "config");
        return readFile(file, "no kubeconfig is given to the provider");
    }
    if (given.trimStart().startsWith("{") || /:\s/.test(given)) {
        return { text: given };
    }
    if (!looksLikePath(given) && !existsSync(given)) {
        // It may be a token, or a kubeconfig that was encoded: credentials.
        throw new UserError(
            "kubeconfig: is neither a kubeconfig nor the path of one; decode what is encoded in base64",
        );
    }
    return readFile(given, "kubeconfig");
}

function looksLikePath(text: string): boolean {
    const path = /^(~|\.{0,2}[/\\]|[a-z]:\\|[\w. -]+\.(ya?ml|json|conf(ig)?)$)/i;
    return text.length < 200 && path.test(text);
}

function readFile(path: string, what: string): Kubeconfig {
    const file = path.replace(/^~(?=\/)/, homedir());
    if (!existsSync(file)) {
        throw new UserError(
            `${what}: there is no file "${file}"; set the provider's kubeconfig to the path or the text of one`,
        );
    }
    try {
        return { text: readFileSync(file, "utf8"), directory: dirname(file) };
    } catch (error) {
        throw new UserError(`${what}: "${file}" cannot be read: ${(error as Error).message}`);
    }
}

function textOf(value: PropertyValue | undefined): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}
