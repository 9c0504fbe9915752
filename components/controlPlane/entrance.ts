import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { hostNamespace, ports } from "./layout";

/** Where load balancers send Karmada's clients: a fixed port of every node that runs an API server. */
export function declareEntrance(
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
