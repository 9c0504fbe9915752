import * as pulumi from "@pulumi/pulumi";
import { existingKarmada, JoinMode } from "../../components";
import { shown } from "../../components/support/problems";
import { declareClusters, declareNetworks, joinMembers, regionsOf } from "../aws/memberClusters";
import { readKubeconfigs } from "../aws/memberFiles";
import { declareProviders } from "../aws/providers";
import { deployTo, type StackOutputs } from "../common/deploy";
import type { ExportedConnection } from "../common/hub";
import type { StackFiles } from "../files";
import { project } from "../parseSettings";
import { refuseSettings } from "../settings";
import type { MemberStackSettings } from "./settings";

/** Members join the Karmada of another stack, which need not know of them. */
export async function memberStack(
    settings: MemberStackSettings,
    files: StackFiles,
): Promise<StackOutputs> {
    const { members, tags, protect } = settings;
    const kubeconfigs = readKubeconfigs(members, files);
    refuseSettings(files.problems);
    const { kubeconfig, clientSigner } = await connectionOf(settings);

    const karmada = existingKarmada("karmada", {
        kubeconfig: pulumi.secret(kubeconfig),
        clientSigner,
    });
    const places = declareProviders(regionsOf(members), tags);
    const clusters = declareClusters(members, {
        networks: declareNetworks(members, tags, places),
        kubeconfigs,
        tags,
        places,
        protect,
        // From which addresses that Karmada calls, the stack file says: it is another team's.
        callers: () => ({ ranges: [], addresses: [] }),
    });
    return deployTo(karmada, joinMembers(members, karmada, clusters), settings);
}

/** Awaited, so that nothing is made before it is known that there is a Karmada to join. */
async function connectionOf({ hub, members }: MemberStackSettings): Promise<ExportedConnection> {
    const stack = new pulumi.StackReference(hub);
    const { value, secretValue } = await stack.getOutputDetails("connection");
    const refuse = (message: string) =>
        refuseSettings([{ path: `${project}:hub`, message: `is ${shown(hub)}${message}` }]);
    if (value !== undefined) {
        refuse(
            ', whose output "connection" is no secret; have it put out by this program, which encrypts it.',
        );
    }
    const connection = secretValue as Partial<ExportedConnection> | undefined;
    if (typeof connection?.kubeconfig !== "string") {
        refuse(
            ', which does not export the output "connection"; set spokes to push or pull there, and run "pulumi up".',
        );
    }
    const pulls = members.some(({ mode }) => mode === JoinMode.Pull);
    if (pulls && !connection!.clientSigner) {
        refuse(
            ", which lets members join by push only; set spokes to pull there, or mode to push here.",
        );
    }
    return connection as ExportedConnection;
}
