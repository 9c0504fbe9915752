import type { StackFiles } from "../files";
import type { ExistingSettings } from "./settings";

/** Everything is read before anything is made, so that a missing file is a message and no half a stack. */
export function readFiles({ karmada, members }: ExistingSettings, files: StackFiles) {
    const { kubeconfig, clientSigner } = karmada;
    return {
        karmada: {
            kubeconfig: files.kubeconfig("karmada.kubeconfig", kubeconfig),
            clientSigner: clientSigner && {
                certPem: files.certificate(
                    "karmada.clientSigner.certificate",
                    clientSigner.certificate,
                ),
                privateKeyPem: files.privateKey(
                    "karmada.clientSigner.privateKey",
                    clientSigner.privateKey,
                ),
            },
        },
        members: members.map((member, at) =>
            files.kubeconfig(`members[${at}].kubeconfig`, member.kubeconfig),
        ),
    };
}
