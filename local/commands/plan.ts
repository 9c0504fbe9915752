import { writeFileSync } from "node:fs";
import { previewOffline } from "../offline";
import { pictureOf, planAsText, planOf } from "../plan";
import { command, stackOption } from "../support/command";
import { UserError } from "../support/errors";
import { progressOn } from "../support/terminal";

export const main = command({
    usage: "npm run plan -- -s STACK [--json] [--svg FILE]",
    summary:
        "Shows what a stack would be: its resources, who can call them, what they cost. Asks nobody.",
    options: [
        stackOption,
        { name: "json", meaning: "prints it for machines" },
        { name: "svg", value: "FILE", meaning: "draws it into this file too" },
    ],
    run: async ({ stack, json, svg }) => {
        const preview = await previewOffline(stack, { progress: progressOn(process.stderr) });
        const plan = planOf(preview, new Date());
        console.log(json ? JSON.stringify(plan, null, 2) : planAsText(plan));
        if (svg !== undefined) writePicture(svg, pictureOf(plan.topology));
    },
});

function writePicture(file: string, picture: string): void {
    try {
        writeFileSync(file, picture);
    } catch (error) {
        throw new UserError(`The picture cannot be written: ${(error as Error).message}`);
    }
}
