import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ControlPlaneVersions } from "../versions";
import { keyGuard, keysAnnotation, keysOf, type KeySettings } from "./keySteps";
import { hostNamespace } from "./layout";
import { networkPolicies, type Traffic } from "./networkPolicies";
import type { ReadFirst } from "./readFirst";
import { versionGuard, versionsAnnotation } from "./versionSteps";

/** Pods that break these rules are not admitted, whoever makes them. */
const podSecurity = Object.fromEntries(
    ["enforce", "audit", "warn"].map((mode) => [
        `pod-security.kubernetes.io/${mode}`,
        "restricted",
    ]),
);

export interface Place extends Traffic, KeySettings {
    readonly versions: ControlPlaneVersions;
    /** Whether volumes outlive the control plane: claims do not outlive their namespace. */
    readonly retainVolumes: boolean;
}

/** Where it all goes, and who may talk to whom there. Everything else depends on this. */
export function declareNamespace(
    name: string,
    { versions, retainVolumes, pki, encryptionGenerations, ...traffic }: Place,
    opts: pulumi.CustomResourceOptions,
    first: ReadFirst = { dependsOn: [], hooks: {} },
): pulumi.Resource[] {
    const keys = keysOf({ pki, encryptionGenerations });
    const annotations = {
        [versionsAnnotation]: JSON.stringify(versions),
        [keysAnnotation]: keys.apply((each) => JSON.stringify(each)),
    };
    const guards = [versionGuard(name), keyGuard(name)];
    const beforeUpdate = guards.flatMap((guard) => guard.beforeUpdate ?? []);
    const hooks = { ...first.hooks, beforeUpdate };
    const namespace = new k8s.core.v1.Namespace(
        `${name}-namespace`,
        { metadata: { name: hostNamespace, labels: podSecurity, annotations } },
        pulumi.mergeOptions(opts, {
            dependsOn: first.dependsOn,
            hooks,
            retainOnDelete: retainVolumes,
        }),
    );
    const inside = pulumi.mergeOptions(opts, { dependsOn: namespace });
    const policies = networkPolicies(traffic).map(
        (policy) =>
            new k8s.networking.v1.NetworkPolicy(
                `${name}-network-${policy.metadata.name}`,
                policy,
                inside,
            ),
    );
    return [namespace, ...policies];
}
