import * as pulumi from "@pulumi/pulumi";

/** Pulumi's mocks say that they know hooks and transforms and then do not: what uses these asks first. */
export function monitorHas(method: "registerResourceHook" | "registerStackTransform"): boolean {
    const monitor = pulumi.runtime.getMonitor();
    return monitor !== undefined && method in monitor;
}
