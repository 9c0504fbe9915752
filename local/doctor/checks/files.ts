import { statSync } from "node:fs";
import * as path from "node:path";
import { type Settings, StackKind } from "../../../stacks/parseSettings";
import { StackFiles } from "../../../stacks/files";
import { projectRoot } from "../../support/root";
import type { Check } from "../context";
import { type Finding, ok, problem, warning } from "../finding";

const subject = "files";

interface Named {
    /** The key in the stack file that names it. */
    readonly key: string;
    readonly file: string;
    readonly holds: "kubeconfig" | "certificate" | "privateKey";
}

/** Kubeconfigs and keys that the stack file names: whether they are there, and for whom to read. */
export const filesAreThere: Check = {
    subject,
    examine: async ({ stackFile: { name, settings } }) =>
        (settings === undefined ? [] : filesIn(settings)).map((each) => judge(each, name)),
};

function filesIn(settings: Settings): Named[] {
    const kubeconfigOf = (at: number, file: string): Named => ({
        key: `members[${at}].kubeconfig`,
        file,
        holds: "kubeconfig",
    });
    if (settings.kind !== StackKind.Existing) {
        return settings.members.flatMap(({ place }, at) =>
            "kubeconfig" in place ? [kubeconfigOf(at, place.kubeconfig)] : [],
        );
    }
    const { karmada, members } = settings;
    const { kubeconfig, clientSigner } = karmada;
    const signer: readonly Named[] =
        clientSigner === undefined
            ? []
            : [
                  {
                      key: "karmada.clientSigner.certificate",
                      file: clientSigner.certificate,
                      holds: "certificate",
                  },
                  {
                      key: "karmada.clientSigner.privateKey",
                      file: clientSigner.privateKey,
                      holds: "privateKey",
                  },
              ];
    return [
        { key: "karmada.kubeconfig", file: kubeconfig, holds: "kubeconfig" },
        ...signer,
        ...members.map((member, at) => kubeconfigOf(at, member.kubeconfig)),
    ];
}

function judge({ key, file, holds }: Named, stackFile: string): Finding {
    const files = new StackFiles(projectRoot);
    files[holds](key, file);
    const [wrong] = files.problems;
    if (wrong !== undefined) {
        const remedy = `Put the file there, or edit ${stackFile}; names are relative to the project's folder.`;
        return problem(subject, `${wrong.path} ${wrong.message}`, remedy);
    }
    const mode = statSync(path.resolve(projectRoot, file)).mode & 0o777;
    const isSecret = holds !== "certificate";
    // Windows keeps rights elsewhere.
    const isOpen = isSecret && process.platform !== "win32" && (mode & 0o077) !== 0;
    if (!isOpen) return ok(subject, `${file} is there`);
    const shown = mode.toString(8).padStart(4, "0");
    return warning(
        subject,
        `${file} is for others to read, too (mode ${shown})`,
        `chmod 600 ${file}`,
    );
}
