import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Part } from "./part";
import {
    renderDeployment,
    renderDisruptionBudget,
    renderService,
    type Rendering,
} from "./renderPart";

/** A part with all that belongs to it alone. `opts` is for objects in the control plane's namespace. */
export function declarePart(
    name: string,
    part: Part<string>,
    rendering: Rendering,
    opts: pulumi.CustomResourceOptions,
    needed: readonly pulumi.Resource[],
): k8s.apps.v1.Deployment {
    const resource = `${name}-${part.name}`;
    const budget = new k8s.policy.v1.PodDisruptionBudget(
        `${resource}-budget`,
        renderDisruptionBudget(part),
        opts,
    );
    const dependsOn = [budget, ...needed];
    if (part.service !== undefined) {
        const service = renderService(part, part.service);
        // Ready only with its pods, which may need the Service to get ready.
        const metadata = { ...service.metadata, annotations: { "pulumi.com/skipAwait": "true" } };
        dependsOn.push(
            new k8s.core.v1.Service(`${resource}-service`, { ...service, metadata }, opts),
        );
    }
    return new k8s.apps.v1.Deployment(
        resource,
        renderDeployment(part, rendering),
        pulumi.mergeOptions(opts, { dependsOn }),
    );
}
