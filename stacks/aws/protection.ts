import type * as pulumi from "@pulumi/pulumi";
import { monitorHas } from "../../components/support/monitor";
import type { Protected } from "./protected";

/**
 * What holds data, or is the only way to it. Not all of a component: certificates are renewed by
 * deleting the old ones, nodes and access entries come and go.
 */
const precious = [
    "aws:eks/cluster:Cluster",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "kubernetes:core/v1:Namespace",
    "kubernetes:apps/v1:StatefulSet",
];

export const protectPrecious = ({
    type,
    props,
    opts,
}: Pick<pulumi.ResourceTransformArgs, "type" | "props" | "opts">):
    pulumi.ResourceTransformResult | undefined =>
    precious.includes(type) ? { props, opts: { ...opts, protect: true } } : undefined;

/** Options of a component in which Pulumi deletes nothing precious until the stack file says otherwise. */
export const protection = (
    component: Protected,
    asked: readonly Protected[],
): pulumi.ComponentResourceOptions =>
    asked.includes(component) && monitorHas("registerStackTransform")
        ? { transforms: [protectPrecious] }
        : {};
