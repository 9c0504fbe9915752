import type { Images } from "../versions";
import type { PartLeaf } from "./foundations";
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
export interface Part<Secret extends string = SecretName> {
    /** Of the Deployment, and its Service if it has one. */
    readonly name: string;
    /**
     * Labels of its pods, by which they are told apart from those of other parts.
     * @default app: the name
     */
    readonly selector?: Readonly<Record<string, string>>;
    readonly image: keyof Images;
    readonly replicas: number;
    readonly command: string;
    readonly flags: Readonly<Record<string, string | boolean | number>>;
    /** Named ports of the container. */
    readonly ports: Readonly<Record<string, number>>;
    /** Which of them tells /metrics, and how. */
    readonly metrics: { readonly port: string; readonly scheme: Scheme };
    /**
     * The port that its Service leads to. It has the same number there: where Amazon's network plugin enforces
     * network policies, that is what it asks for.
     */
    readonly service?: string;
    /** Folder under /etc/karmada → Secret whose files are there. */
    readonly secrets: Readonly<Record<string, Secret>>;
    /** The same for ConfigMaps. */
    readonly configMaps?: Readonly<Record<string, string>>;
    /** Its certificate, if it has one that it does not read again when it changes. */
    readonly readAtStart?: PartLeaf;
    readonly livenessProbe: Probe;
    readonly readinessProbe: Probe;
    readonly requests: { readonly cpu: string; readonly memory: string };
    readonly memoryLimit: string;
    /** How long it goes on serving once it is to end, until nobody sends it new calls any more. */
    readonly lingerSeconds?: number;
    readonly gracePeriodSeconds: number;
}

export const mountRoot = "/etc/karmada";

/** One file of a mounted folder. */
export const mounted = (folder: string, file: string) => `${mountRoot}/${folder}/${file}`;
