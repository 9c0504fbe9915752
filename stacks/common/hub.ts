import * as pulumi from "@pulumi/pulumi";
import { JoinMode, type KarmadaConnection } from "../../components";

/** What a stack puts out for members of other stacks, under the name "connection". */
export interface ExportedConnection {
    readonly kubeconfig: string;
    readonly endpoint: string;
    readonly caCertPem: string;
    /** Only where members may join by pull. */
    readonly clientSigner?: { readonly certPem: string; readonly privateKeyPem: string };
}

export function exportConnection(
    { kubeconfig, endpoint, caCertPem, clientSigner }: KarmadaConnection,
    mode: JoinMode,
): pulumi.Output<unknown> {
    const signer = mode === JoinMode.Pull ? clientSigner : undefined;
    return pulumi.secret({ kubeconfig, endpoint, caCertPem, clientSigner: signer });
}
