import * as pulumi from "@pulumi/pulumi";
import { backup, backupDefaults, type SnapshotStore } from "./backupPlan";

/** What the uploader calls the bucket. It is set up by variables alone: nothing is written to a file. */
const remote = "store";

/** A command line of the uploader. Its pod has no home to keep settings in, and is tried again as a whole. */
export const uploader = (...args: pulumi.Input<string>[]) => [
    "/usr/local/bin/rclone",
    "--config=",
    "--retries=1",
    "--low-level-retries=3",
    "--contimeout=15s",
    ...args,
];

/** The folder of the snapshots, or what is in it, as the uploader writes it. */
export const inStore = ({ bucket, prefix = backupDefaults.prefix }: SnapshotStore, place = "") =>
    pulumi.interpolate`${remote}:${bucket}/${prefix}${place}`;

export function storeEnvironment({ region, endpoint, credentials }: SnapshotStore) {
    const setting = (name: string, value: pulumi.Input<string>) => ({
        name: `RCLONE_CONFIG_${remote.toUpperCase()}_${name}`,
        value,
    });
    const key = (name: string, field: string) => ({
        name,
        valueFrom: { secretKeyRef: { name: backup.storeSecret, key: field } },
    });
    return [
        setting("TYPE", "s3"),
        setting("PROVIDER", endpoint === undefined ? "AWS" : "Other"),
        // From the variables below or from the cloud.
        setting("ENV_AUTH", "true"),
        // To look for the bucket, and to make it, would need rights beyond it.
        setting("NO_CHECK_BUCKET", "true"),
        ...(region === undefined ? [] : [setting("REGION", region)]),
        ...(endpoint === undefined ? [] : [setting("ENDPOINT", endpoint)]),
        ...(credentials === undefined
            ? []
            : [
                  key("AWS_ACCESS_KEY_ID", "accessKeyId"),
                  key("AWS_SECRET_ACCESS_KEY", "secretAccessKey"),
              ]),
    ];
}
