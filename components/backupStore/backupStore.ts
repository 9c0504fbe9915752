import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import * as pulumi from "@pulumi/pulumi";
import { backup } from "../controlPlane/backup/backupPlan";
import { hostNamespace } from "../controlPlane/layout";
import { after } from "../support/after";
import { policyDocument, type Tags, trustOfPods } from "../support/amazon";
import { withDefaults } from "../support/givenArgs";
import { refuse } from "../support/refuse";
import { declareRole } from "../support/roles";
import { declareBucket } from "./bucket";
import { checkStore, storeDefaults } from "./storeChecks";

export interface KarmadaBackupStoreArgs {
    /** Region of the provider in use, e.g. "eu-central-1". */
    readonly region: string;
    /** The EKS cluster that runs the control plane. */
    readonly clusterName: pulumi.Input<string>;
    /**
     * Whether bucket and key outlive the stack. Otherwise they go with it, and every snapshot does.
     * @default true
     */
    readonly keep?: boolean;
    /**
     * For how many days a deleted snapshot can still be brought back.
     * @default 30
     */
    readonly deletedDays?: number;
    readonly tags?: Tags;
}

/** A bucket for snapshots of etcd, and the right to it for the job that takes them, and for nobody else. */
export class KarmadaBackupStore extends pulumi.ComponentResource {
    /** For the control plane's `backup.bucket`. */
    readonly bucket: pulumi.Output<string>;
    readonly bucketArn: pulumi.Output<string>;
    readonly keyArn: pulumi.Output<string>;
    readonly roleArn: pulumi.Output<string>;

    constructor(
        name: string,
        args: KarmadaBackupStoreArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("pulumi-karmada-eks:index:KarmadaBackupStore", name, {}, opts);
        const facts = withDefaults(storeDefaults, args);
        const { region, clusterName, tags } = facts;
        refuse(this, `KarmadaBackupStore "${name}"`, checkStore(facts));

        const parent = { parent: this };
        const { bucket, key, guards } = declareBucket(name, facts, parent);
        const { role } = declareRole(
            `${name}-job`,
            {
                region,
                description: "Lets the job that takes snapshots of Karmada's etcd store them.",
                trust: trustOfPods,
                policies: [],
                tags,
            },
            parent,
        );
        const rights = new RolePolicy(
            `${name}-job`,
            {
                role: role.name,
                policy: pulumi
                    .all([bucket.arn, key.arn])
                    .apply(([bucketArn, keyArn]) => rightsOfJob(bucketArn, keyArn)),
            },
            parent,
        );
        const association = new PodIdentityAssociation(
            `${name}-job`,
            {
                clusterName,
                namespace: hostNamespace,
                serviceAccount: backup.app,
                roleArn: role.arn,
                tags,
            },
            parent,
        );

        this.bucket = after(bucket.bucket, [...guards, rights, association]);
        this.bucketArn = bucket.arn;
        this.keyArn = key.arn;
        this.roleArn = role.arn;
        this.registerOutputs({
            bucket: this.bucket,
            bucketArn: this.bucketArn,
            keyArn: this.keyArn,
            roleArn: this.roleArn,
        });
    }
}

const rightsOfJob = (bucketArn: string, keyArn: string): string =>
    policyDocument([
        { Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
        {
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
            Resource: `${bucketArn}/*`,
        },
        { Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: keyArn },
    ]);
