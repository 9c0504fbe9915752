import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { encryptionConfiguration } from "./apiServerFiles";

/**
 * Keys of Secrets' encryption at rest, one per generation. Each is the digest of a private key that
 * Pulumi makes and keeps as a secret: as random as that key, and no other provider is needed.
 */
export function declareEncryption(
    name: string,
    generations: readonly number[],
    opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const keys = generations.map((generation) => {
        const seed = new tls.PrivateKey(
            `${name}-encryption-key-${generation}`,
            { algorithm: "ED25519" },
            opts,
        );
        return seed.privateKeyPem.apply((pem) => ({
            name: `generation-${generation}`,
            secret: createHash("sha256").update(pem).digest("base64"),
        }));
    });
    return pulumi.secret(
        pulumi.all(keys).apply((each) => JSON.stringify(encryptionConfiguration(each))),
    );
}
