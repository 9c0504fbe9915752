import * as pulumi from "@pulumi/pulumi";

/** The same value, for whose users all these resources are there first, and leave later. */
export const after = <T>(
    value: pulumi.Input<T>,
    resources: readonly pulumi.Resource[],
): pulumi.Output<pulumi.Unwrap<T>> =>
    pulumi
        .all([pulumi.output(value), pulumi.all(resources.map(({ urn }) => urn))])
        .apply(([known]) => known as pulumi.Unwrap<T>) as pulumi.Output<pulumi.Unwrap<T>>;
