import { readStatus, statusAsJson, statusAsText } from "../status";
import { localKarmada } from "../status/karmada";
import { command } from "../support/command";
import { stateDir } from "../support/root";

export const main = command({
    usage: "npm run status -- [--json]",
    summary: "Shows the members, and per workload what each member should run and runs.",
    options: [{ name: "json", meaning: "prints it for machines" }],
    run: async ({ json }) => {
        const status = await readStatus(localKarmada(stateDir));
        console.log(json ? JSON.stringify(statusAsJson(status), null, 2) : statusAsText(status));
    },
});
