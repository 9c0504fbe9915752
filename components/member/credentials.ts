import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { clusterNamespace, systemLabels } from "./objectNames";
import { accountSubject, everything, grantEverywhere, type Site } from "./site";

/**
 * The accounts by which Karmada enters a member, made in the member, and their tokens, handed to
 * Karmada. `karmadactl join` makes the same objects.
 */
export function declareCredentials(site: Site): pulumi.Resource[] {
    const { name, objects, inMember } = site;
    const namespace = new k8s.core.v1.Namespace(
        `${name}-member-namespace`,
        { metadata: { name: clusterNamespace, labels: systemLabels } },
        inMember,
    );
    const inNamespace = pulumi.mergeOptions(inMember, { dependsOn: namespace });
    const controller = declareAccount(`${name}-controller`, objects.controllerAccount, inNamespace);
    const grants = grantEverywhere(
        `${name}-controller`,
        objects.controllerRole,
        everything,
        accountSubject(objects.controllerAccount),
        inNamespace,
    );
    const impersonator = declareAccount(
        `${name}-impersonator`,
        objects.impersonatorAccount,
        inNamespace,
    );
    const credentials = handToKarmada(
        `${name}-credentials`,
        objects.credentials,
        { caBundle: field(controller, "ca.crt"), token: field(controller, "token") },
        site,
    );
    const impersonatorCredentials = handToKarmada(
        `${name}-impersonator-credentials`,
        objects.impersonatorCredentials,
        { token: field(impersonator, "token") },
        site,
    );
    return [namespace, controller, ...grants, impersonator, credentials, impersonatorCredentials];
}

/** A service account with a token that does not end, which is all that Karmada can use. */
function declareAccount(
    resourceName: string,
    account: string,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret {
    const metadata = { name: account, namespace: clusterNamespace, labels: systemLabels };
    const owner = new k8s.core.v1.ServiceAccount(`${resourceName}-account`, { metadata }, opts);
    const annotations = {
        "kubernetes.io/service-account.name": account,
        // The token is filled in a moment after the Secret exists.
        "pulumi.com/waitFor": "jsonpath={.data.token}",
    };
    return new k8s.core.v1.Secret(
        `${resourceName}-token`,
        { type: "kubernetes.io/service-account-token", metadata: { ...metadata, annotations } },
        pulumi.mergeOptions(opts, { dependsOn: owner }),
    );
}

function field(secret: k8s.core.v1.Secret, key: string): pulumi.Output<string> {
    return pulumi.secret(secret.data.apply((data) => data?.[key] ?? ""));
}

function handToKarmada(
    resourceName: string,
    name: string,
    data: Record<string, pulumi.Output<string>>,
    site: Site,
): k8s.core.v1.Secret {
    const metadata = { name, namespace: clusterNamespace, labels: systemLabels };
    return new k8s.core.v1.Secret(resourceName, { metadata, data }, site.inKarmada);
}
