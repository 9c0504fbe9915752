import { ports } from "../layout";
import { mounted, type Part } from "../part";
import { secretNames } from "../secretNames";
import {
    etcdClient,
    extensionKubeconfigs,
    lingerSeconds,
    type PartFacts,
    probe,
    serving,
} from "./shared";

type Own = Pick<Part, "name" | "image" | "flags" | "metrics" | "secrets"> & Partial<Part>;

/** Whom Karmada's API server lets answer for a part of its API. */
const extensionServer = ({ servers }: PartFacts, own: Own): Part => ({
    replicas: servers,
    command: `/bin/${own.name}`,
    service: "https",
    livenessProbe: probe("HTTPS", ports.extensionServers, "/healthz"),
    readinessProbe: probe("HTTPS", ports.extensionServers, "/readyz", 3),
    requests: { cpu: "100m", memory: "128Mi" },
    memoryLimit: "1Gi",
    lingerSeconds,
    gracePeriodSeconds: 30,
    ...own,
    flags: {
        ...extensionKubeconfigs,
        ...serving,
        "bind-address": "0.0.0.0",
        "secure-port": ports.extensionServers,
        "tls-min-version": "VersionTLS13",
        ...own.flags,
    },
    ports: { https: ports.extensionServers, ...own.ports },
});

export const aggregatedApiServer = (facts: PartFacts): Part =>
    extensionServer(facts, {
        name: "karmada-aggregated-apiserver",
        image: "aggregatedApiServer",
        flags: etcdClient(facts.etcdServers),
        metrics: { port: "https", scheme: "HTTPS" },
        secrets: {
            config: secretNames.aggregatedApiServerConfig,
            server: secretNames.aggregatedApiServer,
            "etcd-client": secretNames.aggregatedEtcdClient,
        },
    });

/**
 * These end when it has read its own kind through Karmada's API, which sends the question back to it: to
 * a server that is ready.
 */
const endWhenItServes = ["start-karmada-informers", "start-karmada-search-controller"]
    .map((hook) => `exclude=poststarthook/${hook}`)
    .join("&");
const searchProbe = (path: string, periodSeconds?: number) =>
    probe("HTTPS", ports.extensionServers, `${path}?${endWhenItServes}`, periodSeconds);

export const search = (facts: PartFacts): Part =>
    extensionServer(facts, {
        name: "karmada-search",
        image: "search",
        flags: etcdClient(facts.etcdServers),
        metrics: { port: "https", scheme: "HTTPS" },
        secrets: {
            config: secretNames.searchConfig,
            server: secretNames.search,
            "etcd-client": secretNames.searchEtcdClient,
        },
        livenessProbe: searchProbe("/healthz"),
        readinessProbe: searchProbe("/readyz", 3),
        // It holds in memory whatever it is told to search in.
        memoryLimit: "2Gi",
    });

export const metricsAdapter = (facts: PartFacts): Part =>
    extensionServer(facts, {
        name: "karmada-metrics-adapter",
        image: "metricsAdapter",
        flags: {
            "client-ca-file": mounted("server", "ca.crt"),
            "metrics-bind-address": `:${ports.metrics}`,
        },
        ports: { metrics: ports.metrics },
        metrics: { port: "metrics", scheme: "HTTP" },
        secrets: {
            config: secretNames.metricsAdapterConfig,
            server: secretNames.metricsAdapter,
        },
    });
