import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { signatureKey } from "./authority";
import { leafValidityHours } from "./generation";
import type { Leaf } from "./leaves";

export interface Signer {
    readonly certPem: pulumi.Input<string>;
    readonly privateKeyPem: pulumi.Input<string>;
}

export interface Issued {
    readonly certPem: pulumi.Output<string>;
    /** Secret. */
    readonly keyPem: pulumi.Output<string>;
    readonly notAfter: pulumi.Output<string>;
}

/**
 * A key and a certificate for it. `resource` makes the resources' names of their roles. The names it
 * is good for may be known later than the rest.
 */
export function issue(
    resource: (role: string) => string,
    { commonName, organizations, usages }: Pick<Leaf, "commonName" | "organizations" | "usages">,
    named: pulumi.Output<Pick<Leaf, "dnsNames" | "ipAddresses">>,
    signer: Signer,
    opts: pulumi.CustomResourceOptions,
): Issued {
    const key = new tls.PrivateKey(resource("key"), signatureKey, opts);
    const request = new tls.CertRequest(
        resource("request"),
        {
            privateKeyPem: key.privateKeyPem,
            subject: { commonName, organization: organizations[0] },
            dnsNames: named.dnsNames.apply((names) => [...names]),
            ipAddresses: named.ipAddresses.apply((addresses) => [...addresses]),
        },
        opts,
    );
    const certificate = new tls.LocallySignedCert(
        resource("certificate"),
        {
            certRequestPem: request.certRequestPem,
            caCertPem: signer.certPem,
            caPrivateKeyPem: signer.privateKeyPem,
            validityPeriodHours: leafValidityHours,
            allowedUses: [...usages],
        },
        opts,
    );
    return {
        certPem: certificate.certPem,
        keyPem: pulumi.secret(key.privateKeyPem),
        notAfter: certificate.validityEndTime,
    };
}
