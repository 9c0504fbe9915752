import { existingKarmada, MemberCluster } from "../../components";
import { deployTo, type StackOutputs } from "../common/deploy";
import type { StackFiles } from "../files";
import { refuseSettings } from "../settings";
import type { ExistingSettings } from "./settings";

/** Members join a Karmada that runs already, and workloads are spread over them. */
export function existingStack(settings: ExistingSettings, files: StackFiles): StackOutputs {
    const texts = readFiles(settings, files);
    const karmada = existingKarmada("karmada", texts.karmada);
    const members = settings.members.map(
        (member, at) =>
            new MemberCluster(member.name, {
                ...member,
                karmada,
                kubeconfig: texts.members[at]!,
            }),
    );
    return deployTo(karmada, members, settings);
}

/** Everything is read before anything is made, so that a missing file is a message and no half a stack. */
function readFiles(settings: ExistingSettings, files: StackFiles) {
    const { kubeconfig, clientSigner } = settings.karmada;
    const karmada = {
        kubeconfig: files.kubeconfig("karmada.kubeconfig", kubeconfig),
        clientSigner: clientSigner && {
            certPem: files.text("karmada.clientSigner.certificate", clientSigner.certificate),
            privateKeyPem: files.text("karmada.clientSigner.privateKey", clientSigner.privateKey),
        },
    };
    const members = settings.members.map((member, at) =>
        files.kubeconfig(`members[${at}].kubeconfig`, member.kubeconfig),
    );
    refuseSettings(files.problems);
    return { karmada, members };
}
