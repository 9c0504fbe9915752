import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { restrictedContainer, restrictedPod, secretFolder } from "../support/restricted";
import { images } from "../versions";
import type { AgentIdentity } from "./agentIdentity";
import { agentNamespace, clusterNamespace, systemLabels } from "./objectNames";
import { accountSubject, everything, grantEverywhere, type Site } from "./site";

const healthPort = 10357;
const kubeconfigKey = "karmada-kubeconfig";
const kubeconfigFolder = "/etc/kubeconfig";
const agent = "karmada-agent";
const account = "karmada-agent-sa";

/** What the agent repeats to Karmada: if it differs from the Cluster object, the agent wants to change that and may not. */
export interface AgentFacts {
    readonly apiEndpoint: pulumi.Output<string>;
    readonly provider?: string;
    readonly region?: string;
    readonly zones?: readonly string[];
}

function agentFlags(clusterName: string, facts: AgentFacts): pulumi.Input<string>[] {
    return [
        `--karmada-kubeconfig=${kubeconfigFolder}/${kubeconfigKey}`,
        `--cluster-name=${clusterName}`,
        pulumi.interpolate`--cluster-api-endpoint=${facts.apiEndpoint}`,
        ...(facts.provider === undefined ? [] : [`--cluster-provider=${facts.provider}`]),
        ...(facts.region === undefined ? [] : [`--cluster-region=${facts.region}`]),
        ...(facts.zones?.length ? [`--cluster-zones=${facts.zones.join(",")}`] : []),
        `--cluster-namespace=${clusterNamespace}`,
        // The credentials are declared beside it; so the agent needs no right to Secrets in Karmada.
        "--report-secrets=None",
        // One replica, never two at once: there is nobody to elect.
        "--leader-elect=false",
        "--cluster-status-update-frequency=10s",
        "--metrics-bind-address=:8080",
        `--health-probe-bind-address=0.0.0.0:${healthPort}`,
    ];
}

/** The agent in the member and its rights there, which are those that a pushing Karmada has. */
export function declareAgent(
    site: Site,
    identity: AgentIdentity,
    facts: AgentFacts,
): pulumi.Resource[] {
    const { name, inMember } = site;
    const namespace = new k8s.core.v1.Namespace(
        `${name}-agent-namespace`,
        {
            metadata: {
                name: agentNamespace,
                labels: { ...systemLabels, "pod-security.kubernetes.io/enforce": "restricted" },
            },
        },
        inMember,
    );
    const inNamespace = pulumi.mergeOptions(inMember, { dependsOn: namespace });
    const serviceAccount = new k8s.core.v1.ServiceAccount(
        `${name}-agent-account`,
        { metadata: { name: account, namespace: agentNamespace, labels: systemLabels } },
        inNamespace,
    );
    const grants = grantEverywhere(
        `${name}-agent-member`,
        agent,
        everything,
        accountSubject(account, agentNamespace),
        inNamespace,
    );
    const secret = new k8s.core.v1.Secret(
        `${name}-agent-kubeconfig`,
        {
            metadata: { name: kubeconfigKey, namespace: agentNamespace, labels: systemLabels },
            stringData: { [kubeconfigKey]: identity.kubeconfig },
        },
        inNamespace,
    );
    const deployment = new k8s.apps.v1.Deployment(
        `${name}-agent`,
        {
            metadata: {
                name: agent,
                namespace: agentNamespace,
                labels: { ...systemLabels, app: agent },
                // The agent is up only once its Cluster exists, which is declared after it in order
                // to be deleted before it. The Cluster's own readiness is waited for instead.
                annotations: { "pulumi.com/skipAwait": "true" },
            },
            spec: {
                replicas: 1,
                strategy: { type: "Recreate" },
                selector: { matchLabels: { app: agent } },
                template: {
                    metadata: {
                        labels: { app: agent },
                        // The agent reads its kubeconfig once, at start.
                        annotations: { "checksum/identity": identity.fingerprint },
                    },
                    spec: agentPod(agentFlags(site.clusterName, facts)),
                },
            },
        },
        pulumi.mergeOptions(inNamespace, { dependsOn: [serviceAccount, ...grants, secret] }),
    );
    return [namespace, serviceAccount, ...grants, secret, deployment];
}

function agentPod(args: pulumi.Input<string>[]): k8s.types.input.core.v1.PodSpec {
    const probe = { httpGet: { path: "/healthz", port: healthPort }, periodSeconds: 10 };
    const leaveDeadNode = { operator: "Exists", effect: "NoExecute", tolerationSeconds: 30 };
    return {
        serviceAccountName: account,
        securityContext: restrictedPod.securityContext,
        tolerations: [
            { key: "node.kubernetes.io/not-ready", ...leaveDeadNode },
            { key: "node.kubernetes.io/unreachable", ...leaveDeadNode },
        ],
        containers: [
            {
                name: agent,
                image: images.karmadaAgent,
                command: ["/bin/karmada-agent"],
                args,
                ports: [{ name: "metrics", containerPort: 8080 }],
                livenessProbe: { ...probe, initialDelaySeconds: 15, failureThreshold: 3 },
                readinessProbe: probe,
                resources: {
                    requests: { cpu: "50m", memory: "128Mi" },
                    limits: { memory: "1Gi" },
                },
                ...restrictedContainer,
                volumeMounts: [{ name: "kubeconfig", mountPath: kubeconfigFolder, readOnly: true }],
            },
        ],
        volumes: [secretFolder("kubeconfig", kubeconfigKey)],
    };
}
