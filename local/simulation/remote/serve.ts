import * as pulumi from "@pulumi/pulumi";

export interface RemoteComponent {
    readonly resource: pulumi.ComponentResource;
    /** What the program sees of it. */
    readonly state: pulumi.Inputs;
}

/** Makes this process a plugin that serves one component. */
export function serveComponent(
    version: string,
    type: string,
    make: (
        name: string,
        inputs: pulumi.Inputs,
        opts: pulumi.ComponentResourceOptions,
    ) => RemoteComponent,
): void {
    const provider: pulumi.provider.Provider = {
        version,
        construct: async (name, wanted, inputs, opts) => {
            if (wanted !== type) throw new Error(`The simulation has no ${wanted}, only ${type}.`);
            const { resource, state } = make(name, inputs, opts);
            return { urn: resource.urn, state };
        },
    };
    // The engine holds the other end for as long as it lives.
    process.stdin.once("end", () => process.exit(0)).resume();
    void pulumi.provider.main(provider, process.argv.slice(2));
}
