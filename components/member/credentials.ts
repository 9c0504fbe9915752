import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { declareAccount } from "../support/serviceAccount";
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
    // With a token that does not end, which is all that Karmada can use.
    const account = (role: string, accountName: string) =>
        declareAccount(
            `${name}-${role}`,
            { name: accountName, namespace: clusterNamespace, labels: systemLabels },
            inNamespace,
        );
    const controller = account("controller", objects.controllerAccount);
    const grants = grantEverywhere(
        `${name}-controller`,
        objects.controllerRole,
        everything,
        accountSubject(objects.controllerAccount),
        inNamespace,
    );
    const impersonator = account("impersonator", objects.impersonatorAccount);
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
