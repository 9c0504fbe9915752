import { readFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { renameCluster } from "../kubeconfig/rename";
import { savePrivate } from "../kubeconfig/save";
import { command } from "../support/command";
import { UserError } from "../support/errors";

export const main = command({
    usage: "npm run rename-cluster -- --from OLD --to NEW [--kubeconfig FILE]",
    summary: "Gives a cluster another name in a kubeconfig; what was there is kept beside it.",
    options: [
        {
            name: "from",
            value: "OLD",
            required: true,
            meaning: "its name, such as the ARN that EKS gives",
        },
        {
            name: "to",
            value: "NEW",
            required: true,
            meaning: "its new name, such as that of the member",
        },
        {
            name: "kubeconfig",
            value: "FILE",
            meaning: "instead of $KUBECONFIG, or else ~/.kube/config",
        },
    ],
    run: async ({ from, to, kubeconfig }) => {
        const file = path.resolve(kubeconfig ?? usualFile(process.env));
        const { backup } = savePrivate(file, renameCluster(read(file), from, to), new Date());
        console.log(`"${from}" is "${to}" now in ${file}`);
        if (backup !== undefined) console.log(`What was there before: ${backup}`);
    },
});

function usualFile({ KUBECONFIG }: NodeJS.ProcessEnv): string {
    const files = (KUBECONFIG ?? "").split(path.delimiter).filter(Boolean);
    if (files.length > 1) {
        throw new UserError(`KUBECONFIG names ${files.length} files: say which by --kubeconfig.`);
    }
    return files[0] ?? path.join(os.homedir(), ".kube", "config");
}

function read(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
    }
}
