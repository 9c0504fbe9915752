import { ports } from "../layout";
import { mountRoot, type Part } from "../part";
import { secretNames } from "../secretNames";
import { kubeconfig, lingerSeconds, type PartFacts, probe } from "./shared";

export const webhook = (facts: PartFacts): Part => ({
    name: "karmada-webhook",
    image: "webhook",
    replicas: facts.servers,
    command: "/bin/karmada-webhook",
    flags: {
        kubeconfig,
        "bind-address": "0.0.0.0",
        "secure-port": ports.webhook,
        "cert-dir": `${mountRoot}/server`,
        "tls-min-version": "1.3",
        "metrics-bind-address": `:${ports.metrics}`,
        "health-probe-bind-address": ":8000",
        "allow-no-execute-taint-policy": true,
    },
    ports: { https: ports.webhook, metrics: ports.metrics },
    metrics: { port: "metrics", scheme: "HTTP" },
    service: "https",
    secrets: { config: secretNames.webhookConfig, server: secretNames.webhook },
    livenessProbe: probe("HTTPS", ports.webhook, "/readyz"),
    readinessProbe: probe("HTTPS", ports.webhook, "/readyz", 3),
    requests: { cpu: "50m", memory: "128Mi" },
    memoryLimit: "1Gi",
    lingerSeconds,
    gracePeriodSeconds: 30,
});
