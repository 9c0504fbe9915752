import type { Images } from "../versions";
import type { SecretName } from "./secretNames";

type Scheme = "HTTPS" | "HTTP";

export interface Probe {
    readonly path: string;
    readonly port: number;
    readonly scheme: Scheme;
    readonly periodSeconds: number;
    readonly timeoutSeconds: number;
    readonly failureThreshold: number;
}

/** All that sets one component of the control plane apart from the others. */
export interface Part {
    /** Of the Deployment, its pods' label, and its Service if it has one. */
    readonly name: string;
    readonly image: keyof Images;
    readonly replicas: number;
    readonly command: string;
    readonly flags: Readonly<Record<string, string | boolean | number>>;
    /** Named ports of the container. */
    readonly ports: Readonly<Record<string, number>>;
    /** Port of its Service, which leads to the port named "https". */
    readonly servicePort?: number;
    /** Folder under /etc/karmada → Secret whose files are there. */
    readonly secrets: Readonly<Record<string, SecretName>>;
    /** The same for ConfigMaps. */
    readonly configMaps?: Readonly<Record<string, string>>;
    readonly startupProbe?: Probe;
    readonly livenessProbe: Probe;
    readonly readinessProbe: Probe;
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly memoryLimit: string;
    readonly gracePeriodSeconds: number;
}

export const mountRoot = "/etc/karmada";

/** One file of a mounted folder. */
export const mounted = (folder: string, file: string) => `${mountRoot}/${folder}/${file}`;
