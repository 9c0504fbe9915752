import { existingKarmada, MemberCluster } from "../../components";
import { deployTo, type StackOutputs } from "../common/deploy";
import type { StackFiles } from "../files";
import { refuseSettings } from "../settings";
import { readFiles } from "./files";
import type { ExistingSettings } from "./settings";

/** Members join a Karmada that runs already, and workloads are spread over them. */
export function existingStack(settings: ExistingSettings, files: StackFiles): StackOutputs {
    const texts = readFiles(settings, files);
    refuseSettings(files.problems);
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
