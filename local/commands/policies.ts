import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { documentation, profileFile } from "../../policies/frame/documentation";
import { profiles } from "../../policies/frame/rule";
import { rules } from "../../policies/rules";
import { command } from "../support/command";
import { projectRoot } from "../support/root";

export const main = command({
    usage: "npm run policies",
    summary: "Writes docs/policies.md and the profiles in policies/profiles from the rules.",
    options: [],
    run: async () => {
        const write = (text: string, ...place: string[]) =>
            writeFileSync(path.join(projectRoot, ...place), text);
        write(documentation(rules), "docs", "policies.md");
        for (const profile of profiles) {
            write(profileFile(rules, profile), "policies", "profiles", `${profile}.json`);
        }
    },
});
