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
    const karmada = readKarmada(top.mapping("karmada"));
    const canSign = karmada.clientSigner !== undefined;
    const members = readMembers(top.mappings("members"), canSign, (reader) => ({
        kubeconfig: reader.text("kubeconfig"),
    }));
    const workloads = readWorkloads(top.mappings("workloads"), namesOf(members));
    return { kind: "existing", karmada, members, workloads };
}

function readKarmada(reader: Reader): ExistingSettings["karmada"] {
    const kubeconfig = reader.text("kubeconfig");
    const signer = reader.optionalMapping("clientSigner");
    const clientSigner = signer && {
        certificate: signer.text("certificate"),
        privateKey: signer.text("privateKey"),
    };
    signer?.refuseOthers();
    reader.refuseOthers();
    return { kubeconfig, clientSigner };
}
