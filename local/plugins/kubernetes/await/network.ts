import type { V1Endpoint, V1ServiceSpec, V1ServiceStatus } from "@kubernetes/client-node";
import { Collection, KubeObject } from "../../../kube";
import { ready, Readiness, statusOf, waiting } from "./readiness";

/** The pods a Service leads to, if it leads to pods. */
export function endpointSlices({ metadata, spec }: KubeObject): readonly Collection[] {
    const { type, clusterIP, selector = {} } = spec as V1ServiceSpec;
    if (type === "ExternalName" || clusterIP === "None" || Object.keys(selector).length === 0) {
        return [];
    }
    const { name, namespace } = metadata;
    const labelSelector = `kubernetes.io/service-name=${name}`;
    return [{ apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", namespace, labelSelector }];
}

/** That no pod matches is fine; those that do must be ready. */
export function service(object: KubeObject, slices: readonly KubeObject[] | undefined): Readiness {
    if ((object.spec as V1ServiceSpec).type === "LoadBalancer" && !hasAddress(object)) {
        return waiting("it has no address of a load balancer yet; does this cluster provide them?");
    }
    if (!slices || endpointSlices(object).length === 0) {
        return ready;
    }
    if (slices.length === 0) {
        return waiting("its endpoints are not there yet");
    }
    const all = slices.flatMap(({ endpoints }) => (endpoints ?? []) as V1Endpoint[]);
    const pending = all.filter(({ conditions }) => conditions?.ready === false).length;
    return pending > 0 ? waiting(`${all.length - pending} of ${all.length} pods are ready`) : ready;
}

export function ingress(object: KubeObject): Readiness {
    return hasAddress(object)
        ? ready
        : waiting("it has no address yet; is there an ingress controller for its class?");
}

function hasAddress(object: KubeObject): boolean {
    const { loadBalancer } = statusOf<V1ServiceStatus>(object);
    return (loadBalancer?.ingress ?? []).length > 0;
}
