import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ControlPlaneVersions, Images } from "../versions";
import { auditPolicy, authenticationConfiguration, type JwtIssuer } from "./apiServerFiles";
import type { Certificates, Store } from "./foundations";
import { defaultNodePort, hostNamespace, ports } from "./layout";
import { networkPolicies } from "./networkPolicies";
import type { Part } from "./part";
import { partsOf } from "./parts";
import { renderDeployment, renderDisruptionBudget, renderService } from "./renderPart";
import { declareEncryption, declareSecrets, readAtStart } from "./secrets";
import { versionGuard, versionsAnnotation } from "./versionSteps";

/** Pods that break these rules are not admitted, whoever makes them. */
const podSecurity = Object.fromEntries(
    ["enforce", "audit", "warn"].map((mode) => [
        `pod-security.kubernetes.io/${mode}`,
        "restricted",
    ]),
);

export interface Place {
    readonly versions: ControlPlaneVersions;
    /** Whether the API server asks issuers for their keys. */
    readonly issuers: boolean;
    /** Whether volumes outlive the control plane: claims do not outlive their namespace. */
    readonly retainVolumes: boolean;
}

/** Where it all goes, and who may talk to whom there. Everything else depends on this. */
export function declareNamespace(
    name: string,
    { versions, issuers, retainVolumes }: Place,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const annotations = { [versionsAnnotation]: JSON.stringify(versions) };
    const namespace = new k8s.core.v1.Namespace(
        `${name}-namespace`,
        { metadata: { name: hostNamespace, labels: podSecurity, annotations } },
        pulumi.mergeOptions(opts, { hooks: versionGuard(name), retainOnDelete: retainVolumes }),
    );
    const inside = pulumi.mergeOptions(opts, { dependsOn: namespace });
    const policies = networkPolicies(issuers).map(
        (policy) =>
            new k8s.networking.v1.NetworkPolicy(
                `${name}-network-${policy.metadata.name}`,
                policy,
                inside,
            ),
    );
    return [namespace, ...policies];
}

export interface Assembly {
    readonly certificates: Certificates;
    readonly store: Store;
    readonly images: Images;
    readonly servers: number;
    readonly controllers: number;
    readonly nodePort?: number;
    readonly issuers: readonly JwtIssuer[];
    readonly encryptionGenerations: readonly number[];
}

/** The processes of the control plane: `opts` is for objects in its namespace. */
export function declareParts(name: string, assembly: Assembly, opts: pulumi.CustomResourceOptions) {
    const { certificates, store, images } = assembly;
    const encryption = declareEncryption(name, assembly.encryptionGenerations, {
        parent: opts.parent,
    });
    const secrets = declareSecrets(name, certificates, encryption, opts);
    const audit = declareFile(name, "karmada-audit-policy", "policy.json", auditPolicy, opts);
    const authentication = declareFile(
        name,
        "karmada-authentication",
        "authentication.json",
        authenticationConfiguration(assembly.issuers),
        opts,
    );
    const parts = partsOf({
        etcdServers: store.serverUrls,
        servers: assembly.servers,
        controllers: assembly.controllers,
    });
    const checksum = pulumi.interpolate`${readAtStart(certificates)}-${digest(auditPolicy)}`;
    const declare = (part: Part, needed: pulumi.Resource[]) =>
        declarePart(name, part, { image: images[part.image], checksum }, opts, [
            ...Object.values(part.secrets).map((each) => secrets[each]),
            ...needed,
        ]);

    const apiServer = declare(parts.apiServer, [audit, authentication, ...store.ready]);
    const entrance = declareEntrance(name, assembly.nodePort ?? defaultNodePort, opts);
    // Started before the API answers they would crash, and wait longer each time.
    const others = (part: Part) => declare(part, [apiServer]);
    return {
        apiServer,
        entrance,
        aggregatedApiServer: others(parts.aggregatedApiServer),
        webhook: others(parts.webhook),
        /** Karmada's own end again and again until its API knows their kinds. */
        declareControllers: (kinds: pulumi.Resource[]) => [
            others(parts.kubeControllerManager),
            declare(parts.controllerManager, kinds),
            declare(parts.scheduler, kinds),
        ],
    };
}

function declarePart(
    name: string,
    part: Part,
    rendering: Parameters<typeof renderDeployment>[1],
    opts: pulumi.CustomResourceOptions,
    needed: pulumi.Resource[],
): k8s.apps.v1.Deployment {
    const resource = `${name}-${part.name}`;
    const budget = new k8s.policy.v1.PodDisruptionBudget(
        `${resource}-budget`,
        renderDisruptionBudget(part),
        opts,
    );
    if (part.servicePort !== undefined) {
        const service = renderService(part, part.servicePort);
        // Ready only with its pods, which may need the Service to get ready.
        const metadata = { ...service.metadata, annotations: { "pulumi.com/skipAwait": "true" } };
        needed.push(new k8s.core.v1.Service(`${resource}-service`, { ...service, metadata }, opts));
    }
    return new k8s.apps.v1.Deployment(
        resource,
        renderDeployment(part, rendering),
        pulumi.mergeOptions(opts, { dependsOn: [budget, ...needed] }),
    );
}

/** Where load balancers send Karmada's clients: a fixed port of every node that runs an API server. */
function declareEntrance(
    name: string,
    nodePort: number,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Service {
    const service = "karmada-service-loadbalancer";
    return new k8s.core.v1.Service(
        `${name}-${service}`,
        {
            metadata: {
                name: service,
                namespace: hostNamespace,
                annotations: { "pulumi.com/skipAwait": "true" },
            },
            spec: {
                type: "NodePort",
                // A node without an API server fails the load balancer's health check and gets no calls.
                externalTrafficPolicy: "Local",
                selector: { app: "karmada-apiserver" },
                ports: [{ name: "https", port: nodePort, targetPort: ports.apiServer, nodePort }],
            },
        },
        opts,
    );
}

function declareFile(
    name: string,
    configMap: string,
    file: string,
    content: object,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.ConfigMap {
    return new k8s.core.v1.ConfigMap(
        `${name}-${configMap}`,
        {
            metadata: { name: configMap, namespace: hostNamespace },
            data: { [file]: JSON.stringify(content, undefined, 2) },
        },
        opts,
    );
}

const digest = (content: object) =>
    createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 12);
