import type { OptionalParts } from "../optionalParts";
import { mounted, type Probe } from "../part";

/** What the parts need to know of their surroundings, all of it known in a preview. */
export interface PartFacts {
    readonly etcdServers: readonly string[];
    /** Of the API server, its extensions and the webhook. */
    readonly servers: number;
    readonly controllers: number;
    readonly optional: OptionalParts;
    /** Whether somebody reads metrics, and so must know whom of. */
    readonly monitored: boolean;
}

export const kubeconfig = mounted("config", "karmada.config");

/** Flags of those who let Karmada's API server say who calls and what they may. */
export const extensionKubeconfigs = {
    kubeconfig,
    "authentication-kubeconfig": kubeconfig,
    "authorization-kubeconfig": kubeconfig,
};

export const serving = {
    "tls-cert-file": mounted("server", "tls.crt"),
    "tls-private-key-file": mounted("server", "tls.key"),
};

export const etcdClient = (servers: readonly string[]) => ({
    "etcd-servers": servers.join(),
    "etcd-cafile": mounted("etcd-client", "ca.crt"),
    "etcd-certfile": mounted("etcd-client", "tls.crt"),
    "etcd-keyfile": mounted("etcd-client", "tls.key"),
});

export const probe = (
    scheme: Probe["scheme"],
    port: number,
    path: string,
    periodSeconds = 10,
): Probe => ({
    path,
    port,
    scheme,
    periodSeconds,
    timeoutSeconds: 15,
    failureThreshold: 3,
});

/** A Service has forgotten a pod that ends before this is over. */
export const lingerSeconds = 5;
