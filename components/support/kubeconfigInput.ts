import * as pulumi from "@pulumi/pulumi";
import { type ClusterAccess, readKubeconfig } from "./kubeconfig";
import type { Problem } from "./problems";
import { refuse } from "./refuse";

/** What can be said about a kubeconfig before any resource exists: everything, if it is plain text. */
export function checkKubeconfig(path: string, kubeconfig: pulumi.Input<string>): Problem[] {
    if (kubeconfig instanceof Promise || pulumi.Output.isInstance(kubeconfig)) {
        return [];
    }
    if (typeof kubeconfig !== "string") {
        return [{ path, message: `is ${typeof kubeconfig}; pass the text of a kubeconfig.` }];
    }
    const reading = readKubeconfig(kubeconfig);
    if (!("problem" in reading)) return [];
    const remedy = isName(kubeconfig) ? " Pass the file's text, not its name." : "";
    return [{ path, message: reading.problem + remedy }];
}

const isName = (text: string): boolean => /^[^\s{]+$/.test(text);

/** The kubeconfig as a secret that nothing gets to see before it has passed the check. */
export function checkedKubeconfig(
    resource: pulumi.Resource | undefined,
    what: string,
    path: string,
    kubeconfig: pulumi.Input<string>,
): pulumi.Output<string> {
    const checked = pulumi.output(kubeconfig).apply((text) => {
        refuse(resource, what, checkKubeconfig(path, text));
        return text;
    });
    return pulumi.secret(checked);
}

/**
 * Address and certificate authority in a kubeconfig that has passed the check. They are no secrets,
 * though it is: kept secret, they would hide every preview of what uses them.
 */
export function clusterAccess(kubeconfig: pulumi.Output<string>): pulumi.Output<ClusterAccess> {
    const access = kubeconfig.apply((text) => {
        const reading = readKubeconfig(text);
        return "access" in reading ? reading.access : { server: "", caCertPem: "" };
    });
    return pulumi.unsecret(access);
}
