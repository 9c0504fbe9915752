import { readStatus, statusAsJson, statusAsText, withLocalKarmada } from "../status";
import { command } from "../support/command";
import { stateDir } from "../support/root";

export const main = command({
    usage: "npm run status -- [--json]",
    summary: "Shows the members, and per workload what each member should run and runs.",
    options: [{ name: "json", meaning: "prints it for machines" }],
    run: async ({ json }) => {
        const status = await withLocalKarmada(stateDir, readStatus);
        console.log(json ? JSON.stringify(statusAsJson(status), null, 2) : statusAsText(status));
    },
});
