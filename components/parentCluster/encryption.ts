import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { Alias } from "@pulumi/aws/kms/alias";
import type { Key } from "@pulumi/aws/kms/key";
import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../support/amazon";
import { declareLogKey } from "../support/logKey";

export interface EncryptionFacts {
    readonly region: string;
    readonly clusterName: string;
    readonly logDays: number;
    readonly tags: Tags;
}

/** EKS writes here whatever we say; made by us, the group is encrypted, and ends with the cluster. */
const logGroupName = (clusterName: string) => `/aws/eks/${clusterName}/cluster`;

/** One key for the cluster's Secrets and for its logs. */
export function declareEncryption(
    name: string,
    { region, clusterName, logDays, tags }: EncryptionFacts,
    opts: pulumi.CustomResourceOptions & pulumi.InvokeOptions,
): { readonly key: Key; readonly logs: LogGroup } {
    const group = logGroupName(clusterName);
    const key = declareLogKey(
        `${name}-key`,
        {
            region,
            description: `Secrets and logs of the EKS cluster ${clusterName}`,
            logGroup: group,
            tags,
        },
        opts,
    );
    new Alias(`${name}-key`, { name: `alias/eks/${clusterName}`, targetKeyId: key.keyId }, opts);
    const logs = new LogGroup(
        `${name}-logs`,
        { name: group, retentionInDays: logDays, kmsKeyId: key.arn, tags },
        opts,
    );
    return { key, logs };
}
