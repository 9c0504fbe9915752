import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Tags, trust } from "../support/amazon";
import { declareLogKey } from "../support/logKey";

export interface FlowLogFacts {
    readonly region: string;
    readonly flowLogDays: number;
    readonly tags: Tags;
}

/** Who talked to whom, for after an incident. */
export function declareFlowLogs(
    name: string,
    vpcId: pulumi.Input<string>,
    { region, flowLogDays, tags }: FlowLogFacts,
    opts: pulumi.CustomResourceOptions,
): void {
    const key = declareLogKey(
        `${name}-flow-logs`,
        {
            region,
            description: `Flow logs of the network ${name}`,
            // Pulumi adds some random characters to the group's name.
            logGroup: `${name}-flow-logs-*`,
            tags,
        },
        opts,
    );
    const group = new cloudwatch.LogGroup(
        `${name}-flow-logs`,
        { retentionInDays: flowLogDays, kmsKeyId: key.arn, tags },
        opts,
    );
    const role = new iam.Role(
        `${name}-flow-logs`,
        {
            description: "Lets the network write its flow logs.",
            assumeRolePolicy: trust("vpc-flow-logs.amazonaws.com"),
            tags,
        },
        opts,
    );
    const policy = new iam.RolePolicy(
        `${name}-flow-logs`,
        {
            role: role.name,
            policy: group.arn.apply((arn) =>
                policyDocument([
                    {
                        Effect: "Allow",
                        Action: [
                            "logs:CreateLogStream",
                            "logs:PutLogEvents",
                            "logs:DescribeLogStreams",
                        ],
                        Resource: [arn, `${arn}:*`],
                    },
                ]),
            ),
        },
        opts,
    );
    new ec2.FlowLog(
        `${name}-flow-logs`,
        {
            vpcId,
            trafficType: "ALL",
            logDestinationType: "cloud-watch-logs",
            logDestination: group.arn,
            iamRoleArn: role.arn,
            maxAggregationInterval: 600,
            tags,
        },
        { ...opts, dependsOn: policy },
    );
}
