import type * as pulumi from "@pulumi/pulumi";

export interface ParentOutputs {
    /** For what makes the cluster ready; others wait for that. */
    readonly kubeconfig: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];
    readonly clusterName: pulumi.Output<string>;
    readonly clusterArn: pulumi.Output<string>;
    readonly securityGroupId: pulumi.Output<string>;
    readonly autoscalingGroupNames: pulumi.Output<string>[];
    readonly nodeRoleArns: pulumi.Output<string[]>;
    /** Empty where there is no such trust. */
    readonly oidcProviderArn: pulumi.Output<string>;
}
