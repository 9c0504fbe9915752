import { type CommonMember, namesOf, readMembers } from "../common/memberSettings";
import { readWorkloads, type WorkloadSettings } from "../common/workloadSettings";
import type { Reader } from "../reader";

/** A Karmada and members that run already. File names are relative to the project's folder. */
export interface ExistingSettings {
    readonly kind: "existing";
    readonly karmada: {
        readonly kubeconfig: string;
        readonly clientSigner?: { readonly certificate: string; readonly privateKey: string };
    };
    readonly members: readonly ExistingMember[];
    readonly workloads: readonly WorkloadSettings[];
}

export interface ExistingMember extends CommonMember {
    readonly kubeconfig: string;
}

export function readExistingSettings(top: Reader): ExistingSettings {
    const karmada = top.mapping("karmada", readKarmada);
    const canSign = karmada.clientSigner !== undefined || top.misread("karmada.clientSigner");
    const members = readMembers(top, canSign, (reader) => ({
        kubeconfig: reader.text("kubeconfig", wantedKubeconfig),
    }));
    const workloads = readWorkloads(top, namesOf(top, members));
    return { kind: "existing", karmada, members, workloads };
}

const wantedKubeconfig = "name the file of an administrator's kubeconfig";

const readKarmada = (reader: Reader): ExistingSettings["karmada"] => ({
    kubeconfig: reader.text("kubeconfig", wantedKubeconfig),
    clientSigner: reader.optionalMapping("clientSigner", (signer) => ({
        certificate: signer.text("certificate", "name the file of the authority's certificate"),
        privateKey: signer.text("privateKey", "name the file of the authority's private key"),
    })),
});
