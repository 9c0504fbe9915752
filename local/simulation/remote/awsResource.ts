import { version } from "@pulumi/aws/package.json";
import * as pulumi from "@pulumi/pulumi";

/** A resource of the aws provider with outputs of these names, without the load of its SDK. */
export function awsResource<Outputs extends string>(
    type: string,
    name: string,
    inputs: pulumi.Inputs,
    outputs: readonly Outputs[],
    opts: pulumi.CustomResourceOptions,
): AwsResource<Outputs> {
    const asked = Object.fromEntries(outputs.map((output) => [output, undefined]));
    const resource = new Resource(
        `aws:${type}`,
        name,
        { ...asked, ...inputs },
        { ...opts, version },
    );
    return resource as unknown as AwsResource<Outputs>;
}

class Resource extends pulumi.CustomResource {}

export type AwsResource<Outputs extends string = never> = pulumi.CustomResource &
    Readonly<Record<Outputs, pulumi.Output<unknown>>>;

/** Asks the aws provider what needs no arguments. */
export const ask = (token: string, parent: pulumi.Resource): pulumi.Output<unknown> =>
    pulumi.runtime.invokeOutput(`aws:${token}`, {}, { parent, version });
