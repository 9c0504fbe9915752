import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { previewOffline } from "../offline";
import { pictureOf, planAsText, planOf } from "../plan";
import { command, stackOrFileOption } from "../support/command";
import { UserError } from "../support/errors";
import { progressOn } from "../support/terminal";

export const main = command({
    usage: "npm run plan -- -s STACK [--json] [--svg FILE]",
    summary:
        "Shows what a stack would be: its resources, who can call them, what they cost. Asks nobody.",
    options: [
        stackOrFileOption,
        { name: "json", meaning: "prints it for machines" },
        { name: "svg", value: "FILE", meaning: "draws it into this file too" },
    ],
    run: async ({ stack, json, svg }) => {
        if (svg !== undefined) refuseUnwritable(svg);
        const preview = await previewOffline(stack, { progress: progressOn(process.stderr) });
        const plan = planOf(preview, new Date());
        console.log(json ? JSON.stringify(plan, null, 2) : planAsText(plan));
        if (svg !== undefined) writePicture(svg, pictureOf(plan.topology));
    },
});

/** Before the work, which takes a while. */
function refuseUnwritable(file: string): void {
    const folder = path.dirname(path.resolve(file));
    const refuse = (why: string) => {
        throw new UserError(`--svg is "${file}", ${why}.`);
    };
    if (!isFolder(folder)) refuse(`but there is no folder ${folder}: make it first`);
    if (isFolder(file)) refuse("which is a folder: name a file in it");
    try {
        accessSync(folder, constants.W_OK);
    } catch {
        refuse(`but you may not write into ${folder}`);
    }
}

const isFolder = (place: string): boolean =>
    statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;

function writePicture(file: string, picture: string): void {
    try {
        writeFileSync(file, picture);
    } catch (error) {
        throw new UserError(`The picture cannot be written: ${(error as Error).message}`);
    }
}
