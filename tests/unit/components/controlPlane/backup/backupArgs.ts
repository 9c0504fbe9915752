import * as pulumi from "@pulumi/pulumi";
import type { BackupArgs } from "../../../../../components/controlPlane/backup/backup";
import type { Pki } from "../../../../../components/controlPlane/pki/pki";

const pem = pulumi.output("certificate");
const keyPem = pulumi.secret("key");
const pki: Pki = {
    leaf: () => ({ certPem: pem, keyPem }),
    bundle: () => pem,
    signer: () => ({ certPem: pem, privateKeyPem: keyPem }),
    serviceAccount: { privatePem: keyPem, publicPem: pem },
    ledger: pulumi.output([]),
};

/** All that has no default. */
export const backupArgs: BackupArgs = {
    namespace: "karmada-system",
    bucket: "karmada-snapshots",
    quota: "2Gi",
    members: 3,
    images: {
        etcd: "registry.k8s.io/etcd:3.6.6-0",
        uploader: "docker.io/rclone/rclone:1.75.1",
    },
    pki,
    now: new Date("2026-11-28T06:00:00Z"),
};
