import * as os from "node:os";
import * as path from "node:path";
import { kubeconfigOf } from "../kubeconfig/ofStack";
import { savePrivate } from "../kubeconfig/save";
import { command, stackOption } from "../support/command";
import { progressOn } from "../support/terminal";

export const main = command({
    usage: "npm run kubeconfig -- -s STACK [--cluster NAME] [--out FILE]",
    summary:
        "Writes a kubeconfig of a stack where only you can read it; what was there is kept beside it.",
    options: [
        stackOption,
        {
            name: "cluster",
            value: "NAME",
            meaning: "karmada (this, unless told), or parent; of the local stack also a member",
        },
        { name: "out", value: "FILE", meaning: "instead of ~/.karmada/STACK-NAME.kubeconfig" },
    ],
    run: async ({ stack, cluster = "karmada", out }) => {
        const file = path.resolve(
            out ?? path.join(os.homedir(), ".karmada", `${stack}-${cluster}.kubeconfig`),
        );
        const text = await kubeconfigOf(stack, cluster, progressOn(process.stderr));
        const { changed, backup } = savePrivate(file, text, new Date());
        console.log(changed ? `Written: ${file}` : `Up to date: ${file}`);
        if (backup !== undefined) console.log(`What was there before: ${backup}`);
        console.log(`\nexport KUBECONFIG='${file}'`);
    },
});
