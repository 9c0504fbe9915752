import { createHash } from "node:crypto";
import * as path from "node:path";
import type { KubeObject } from "../../kube";

/** What a Deployment of karmada-agent asks for, in terms of this machine. */
export interface Assignment {
    readonly args: readonly string[];
    /** Private files by absolute path. */
    readonly files: Readonly<Record<string, Buffer>>;
    readonly digest: string;
}

interface AgentDeployment extends KubeObject {
    readonly spec: {
        readonly replicas?: number;
        readonly template: { readonly spec: PodSpec };
    };
}

interface PodSpec {
    readonly containers: readonly {
        readonly command?: readonly string[];
        readonly args?: readonly string[];
        readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
    }[];
    readonly volumes?: readonly {
        readonly name: string;
        readonly secret?: { readonly secretName: string };
    }[];
}

/**
 * Translates the Deployment: its Secrets' files go under `folder`, and arguments that name their
 * mount paths name these files. Undefined when no agent is wanted, or a Secret is not there yet.
 */
export function assignmentOf(
    deployment: KubeObject | undefined,
    secrets: readonly KubeObject[],
    folder: string,
): Assignment | undefined {
    const spec = (deployment as AgentDeployment | undefined)?.spec;
    if (!spec || deployment?.metadata.deletionTimestamp || spec.replicas === 0) return undefined;
    const pod = spec.template.spec;
    const container = pod.containers[0];
    // The first word of a command is the program's place in the image.
    let args = [...(container?.command ?? []).slice(1), ...(container?.args ?? [])];
    const files: Record<string, Buffer> = {};
    for (const { name, mountPath } of container?.volumeMounts ?? []) {
        const secretName = pod.volumes?.find((volume) => volume.name === name)?.secret?.secretName;
        if (secretName === undefined) continue;
        const secret = secrets.find(({ metadata }) => metadata.name === secretName);
        if (secret === undefined) return undefined;
        const place = path.join(folder, name);
        for (const [key, value] of Object.entries((secret["data"] ?? {}) as object)) {
            files[path.join(place, key)] = Buffer.from(String(value), "base64");
        }
        args = args.map((arg) => moved(arg, mountPath.replace(/\/$/, ""), place));
    }
    return { args, files, digest: digestOf(files) };
}

/** `--flag=/mount/path/file` or `/mount/path/file` with the mount path exchanged. */
function moved(arg: string, from: string, to: string): string {
    const [, flag = "", value = ""] = /^(--[^=]*=)?(.*)$/s.exec(arg) ?? [];
    const inside = value === from || value.startsWith(`${from}/`);
    return inside ? `${flag}${to}${value.slice(from.length)}` : arg;
}

function digestOf(files: Readonly<Record<string, Buffer>>): string {
    const hash = createHash("sha256");
    for (const [file, content] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
        hash.update(`${file}\0${content.length}\0`).update(content);
    }
    return hash.digest("hex");
}
