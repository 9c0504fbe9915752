import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { UserError } from "../../support/errors";
import { KubeClient } from "../../kube";
import { changedProperties } from "../protocol/changes";
import {
    mapValues,
    refuse,
    Unknown,
    unwrapSecrets,
    type CheckFailure,
    type DiffResult,
    type PropertyMap,
    type PropertyValue,
    type RevealedMap,
} from "../protocol/provider";
import {
    failureAt,
    failureIf,
    flag,
    misshapen,
    oneOf,
    text,
    type Shape,
    type Shapes,
} from "../protocol/shapes";
import { withWayOut } from "./failures";

export interface Configuration {
    readonly client: KubeClient;
    /** Namespace of namespaced objects that name none. */
    readonly namespace: string;
    readonly configMapsMutable: boolean;
    readonly secretsMutable: boolean;
    readonly deleteUnreachable: boolean;
    readonly patchForce: boolean;
    readonly upsert: boolean;
}

export function configure(args: PropertyMap): Configuration {
    const settings = unwrapSecrets(args);
    refuse([...misshapen(settings, shapes), ...unheeded(settings)]);
    const found = clientOf(settings);
    const deleteUnreachable = isSet(settings, "deleteUnreachable");
    if (found instanceof UserError && !deleteUnreachable) {
        throw withWayOut(found);
    }
    const client = found instanceof UserError ? KubeClient.failing(found) : found;
    return {
        client,
        namespace: textOf(settings.namespace) ?? client.namespace,
        configMapsMutable: isSet(settings, "enableConfigMapMutable"),
        secretsMutable: isSet(settings, "enableSecretMutable"),
        deleteUnreachable,
        patchForce: isSet(settings, "enablePatchForce"),
        upsert: isSet(settings, "upsertExistingObjects"),
    };
}

/** The kubeconfig's client, or what is wrong with the kubeconfig. */
function clientOf({ kubeconfig, context, cluster }: RevealedMap): KubeClient | UserError {
    try {
        const { text, directory } = loadKubeconfig(kubeconfig);
        const chosen = { context: textOf(context), cluster: textOf(cluster), directory };
        return KubeClient.fromKubeconfig(text, chosen);
    } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return error;
    }
}

/** By the variables that set them where the program does not. */
const variables = {
    enableConfigMapMutable: "ENABLE_CONFIGMAP_MUTABLE",
    enableSecretMutable: "ENABLE_SECRET_MUTABLE",
    deleteUnreachable: "DELETE_UNREACHABLE",
    enablePatchForce: "ENABLE_PATCH_FORCE",
    upsertExistingObjects: "UPSERT_EXISTING_OBJECTS",
    enableServerSideApply: "ENABLE_SERVER_SIDE_APPLY",
    skipUpdateUnreachable: "SKIP_UPDATE_UNREACHABLE",
} as const;

type Flag = keyof typeof variables;

const settingOf = (settings: RevealedMap, name: Flag) =>
    settings[name] ?? process.env[`PULUMI_K8S_${variables[name]}`];

const isSet = (settings: RevealedMap, name: Flag) => String(settingOf(settings, name)) === "true";

/** As the SDK sends it. */
const flagAsWord: Shape = (value, path) =>
    typeof value === "string" ? oneOf(["true", "false"])(value, path) : flag(value, path);

/** A setting that cannot be read must not be taken for one that is not there: another cluster might be meant. */
const shapes: Shapes = {
    kubeconfig: text,
    context: text,
    cluster: text,
    namespace: text,
    clusterIdentifier: text,
    ...mapValues(variables, () => flagAsWord),
};

/** Options that would silently do nothing here, unless they ask for nothing. */
function unheeded(settings: RevealedMap): CheckFailure[] {
    const options = [
        ["renderYamlToDirectory", settings.renderYamlToDirectory, ""],
        ["enableServerSideApply", settingOf(settings, "enableServerSideApply"), "true"],
        ["skipUpdateUnreachable", settingOf(settings, "skipUpdateUnreachable"), "false"],
    ] as const;
    return options.flatMap(([name, value, harmless]) => {
        const asked = value === Unknown || value === "" ? harmless : (value ?? harmless);
        const given = typeof asked === "string" ? asked : JSON.stringify(asked);
        return failureIf(
            given !== harmless,
            [name],
            `"${name}: ${given}" is not supported here; leave it out, or use the official plugin`,
        );
    });
}

export function checkConfiguration(news: PropertyMap): CheckFailure[] {
    const settings = unwrapSecrets(news);
    const unreadable = misshapen(settings, shapes);
    const failures = [...unheeded(settings), ...unreadable];
    // One that is to be forgotten may have lost its kubeconfig; whoever wants something of it will be told.
    const later =
        unreadable.length > 0 ||
        Object.values(settings).includes(Unknown) ||
        isSet(settings, "deleteUnreachable");
    const found = later ? undefined : clientOf(settings);
    return found instanceof UserError
        ? [...failures, ...failureAt(["kubeconfig"], found.message.replace(/^kubeconfig: /, ""))]
        : failures;
}

/**
 * Another cluster means that all is to be made anew; new credentials for the same one do not. The clusters are the
 * same when their `clusterIdentifier` is, or else when context and server are.
 */
export function diffConfiguration(old: PropertyMap, news: PropertyMap): DiffResult {
    const before = unwrapSecrets(old);
    const after = unwrapSecrets(news);
    const ids = [before, after].map(({ clusterIdentifier }) => textOf(clusterIdentifier));
    const locating = ids.includes(undefined)
        ? ["kubeconfig", "context", "cluster"]
        : ["clusterIdentifier"];
    const isSame = ids.includes(undefined) ? sameCluster(before, after) : ids[0] === ids[1];
    return changedProperties(before, after, (name) => !isSame && locating.includes(name));
}

/** An old kubeconfig that was never good tells nothing; an unknown one nothing yet. */
function sameCluster(before: RevealedMap, after: RevealedMap): boolean {
    if ([after.kubeconfig, after.context, after.cluster].includes(Unknown)) return false;
    const [old, now] = [clientOf(before), clientOf(after)];
    const known = old instanceof KubeClient && now instanceof KubeClient;
    return known && old.server === now.server;
}

const beginningOfPath = /^(~|\.{0,2}[/\\]|[a-z]:\\|[\w. -]+\.(ya?ml|json|conf(ig)?)$)/i;

/** The value is the text itself or the path of a file; without one, the user's own. */
function loadKubeconfig(value: PropertyValue | undefined): { text: string; directory?: string } {
    const given = textOf(value);
    if (given !== undefined && (given.trimStart().startsWith("{") || /:\s/.test(given))) {
        return { text: given };
    }
    const path = given ?? (process.env.KUBECONFIG || join(homedir(), ".kube", "config"));
    const file = path.replace(/^~(?=\/)/, homedir());
    const what = given === undefined ? "no kubeconfig is given to the provider" : "kubeconfig";
    try {
        return { text: readFileSync(file, "utf8"), directory: dirname(file) };
    } catch (error) {
        if (existsSync(file)) {
            throw new UserError(`${what}: "${file}" cannot be read: ${(error as Error).message}`);
        }
        throw new UserError(
            path.length < 200 && beginningOfPath.test(path)
                ? `${what}: there is no file "${file}"; set the provider's kubeconfig to the path or the text of one`
                : // It may be a token, or a kubeconfig that was encoded: credentials.
                  "kubeconfig: is neither a kubeconfig nor the path of one; decode what is encoded in base64",
        );
    }
}

function textOf(value: PropertyValue | undefined): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}
