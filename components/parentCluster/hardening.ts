import * as pulumi from "@pulumi/pulumi";
import { monitorHas } from "../support/monitor";

/**
 * What the component of Pulumi's that makes the cluster has no arguments for, or decides itself: whoever
 * makes the cluster has no right in it but those that are declared, and its traffic can be shifted away
 * from a zone in trouble.
 */
export function hardened({
    type,
    props,
    opts,
}: Pick<pulumi.ResourceTransformArgs, "type" | "props" | "opts">):
    pulumi.ResourceTransformResult | undefined {
    if (type !== "aws:eks/cluster:Cluster") return undefined;
    const accessConfig = pulumi.output(props.accessConfig).apply((config: object | undefined) => ({
        ...config,
        bootstrapClusterCreatorAdminPermissions: false,
    }));
    return { props: { ...props, accessConfig, zonalShiftConfig: { enabled: true } }, opts };
}

export const hardening = (): pulumi.ComponentResourceOptions =>
    monitorHas("registerStackTransform") ? { transforms: [hardened] } : {};
