import { readStatus, statusAsJson, statusAsText, withLocalKarmada } from "../status";
import { isWell, readStackStatus } from "../status/ofStack";
import { parentAsText } from "../status/parent";
import { localStack } from "../engine/localStack";
import { command } from "../support/command";
import { stateDir } from "../support/root";
import { progressOn } from "../support/terminal";

export const main = command({
    usage: "npm run status -- [-s STACK] [--json]",
    summary:
        "Shows the members, and per workload what each member should run and runs; on AWS also the cluster that runs Karmada.",
    options: [
        {
            name: "stack",
            short: "s",
            value: "STACK",
            meaning: "the stack, such as dev; without it, the one on this machine",
        },
        { name: "json", meaning: "prints it for machines" },
    ],
    run: async ({ stack = localStack, json }) => {
        if (stack === localStack) {
            const status = await withLocalKarmada(stateDir, readStatus);
            return print(json, statusAsJson(status), statusAsText(status));
        }
        const status = await readStackStatus(stack, progressOn(process.stderr));
        const { parent } = status;
        const text = `${parentAsText(parent)}\n\n${statusAsText(status)}`;
        print(json, { ...statusAsJson(status), parent }, text);
        if (!isWell(status)) process.exitCode = 1;
    },
});

const print = (json: boolean, object: object, text: string): void =>
    console.log(json ? JSON.stringify(object, null, 2) : text);
