import type * as pulumi from "@pulumi/pulumi";

/** Those of the component's arguments which say what the cluster itself is. */
export interface ClusterArgs {
    readonly name?: string;
    readonly version?: string;
    readonly vpcId?: string;
    readonly subnetIds?: pulumi.Input<string[]>;
    readonly endpointPrivateAccess?: boolean;
    readonly endpointPublicAccess?: boolean;
    readonly publicAccessCidrs?: string[];
    readonly ipFamily?: string;
    readonly kubernetesServiceIpAddressRange?: string;
    readonly encryptionConfigKeyArn?: pulumi.Input<string>;
    readonly enabledClusterLogTypes?: string[];
    readonly authenticationMode?: string;
    readonly upgradePolicy?: pulumi.Inputs;
    readonly deletionProtection?: boolean;
    readonly bootstrapSelfManagedAddons?: boolean;
    readonly createOidcProvider?: boolean;
    readonly tags?: pulumi.Inputs;
}

/** With these it makes neither nodes nor add-ons nor groups, of which the simulation knows nothing. */
const required: pulumi.Inputs = {
    authenticationMode: "API",
    skipDefaultNodeGroup: true,
    skipDefaultSecurityGroups: true,
    createInstanceRole: false,
    useDefaultVpcCni: true,
};

export function readArgs(inputs: pulumi.Inputs): ClusterArgs {
    const wrong = Object.keys(required).filter((key) => inputs[key] !== required[key]);
    const addOns = ["corednsAddonOptions", "kubeProxyAddonOptions"].filter(
        (key) => (inputs[key] as { enabled?: boolean } | undefined)?.enabled !== false,
    );
    if (wrong.length > 0 || addOns.length > 0) {
        const wanted = [
            ...wrong.map((key) => `${key} ${JSON.stringify(required[key])}`),
            ...addOns.map((key) => `${key} { enabled: false }`),
        ];
        throw new Error(`The simulated Cluster needs ${wanted.join(", ")}.`);
    }
    return inputs;
}
