import { project } from "../../stacks/parseSettings";
import { createAuthority } from "../federation/certificates";
import { sealed } from "../plugins/protocol/wireFormat";

const stackName = "stand-in-for-the-hub";

/** In the place of the stack whose Karmada members of another stack join: offline nobody can ask for that. */
export const standIn = `organization/${project}/${stackName}`;

/** Its state, with no more in it than what members have to know. */
export function standInState(): Readonly<Record<string, object>> {
    const { certPem, keyPem } = createAuthority("hub");
    const server = "https://hub.invalid:32443";
    const authority = Buffer.from(certPem).toString("base64");
    const kubeconfig = JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "hub", cluster: { server, "certificate-authority-data": authority } }],
        users: [{ name: "hub", user: { token: "none" } }],
        contexts: [{ name: "hub", context: { cluster: "hub", user: "hub" } }],
        "current-context": "hub",
    });
    const connection = {
        kubeconfig,
        endpoint: server,
        caCertPem: certPem,
        clientSigner: { certPem, privateKeyPem: keyPem },
    };
    const type = "pulumi:pulumi:Stack";
    const state = stateOf(standIn, [
        {
            urn: `urn:pulumi:${stackName}::${project}::${type}::${project}-${stackName}`,
            custom: false,
            type,
            outputs: { connection: sealed(connection) },
        },
    ]);
    return { [stackName]: state };
}

/** What "pulumi stack init" would write, without another start of the CLI. */
export const stateOf = (stack: string, resources: readonly object[]): object => ({
    version: 3,
    checkpoint: {
        stack,
        latest: { manifest: { time: new Date(), magic: "", version: "" }, resources },
    },
});
