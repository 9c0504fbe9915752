import type { StackFiles } from "../files";
import type { AwsMember } from "./memberSettings";

/** Everything is read before anything is made, so that a missing file is a message and no half a stack. */
export const readKubeconfigs = (
    members: readonly AwsMember[],
    files: StackFiles,
): ReadonlyMap<string, string> =>
    new Map(
        members.flatMap(({ name, place }, at) =>
            "kubeconfig" in place
                ? [[name, files.kubeconfig(`members[${at}].kubeconfig`, place.kubeconfig)]]
                : [],
        ),
    );
