import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Problem } from "../../components/support/problems";
import { parseSettings, project, type Settings, StackKind } from "../../stacks/parseSettings";
import { readContent } from "../engine/stackFile";
import { withoutCiphers } from "../offline/stackFile";
import { UserError } from "../support/errors";

/** A stack file, read once for all who look into it. */
export interface Reading {
    /** Without its folder. */
    readonly name: string;
    readonly text: string;
    /** Why it cannot even be taken for a stack file. */
    readonly unreadable?: string;
    readonly problems: readonly Problem[];
    /** Only of a file without problems. */
    readonly settings?: Settings;
    /** Otherwise it works on clusters that are there, wherever they are. */
    readonly usesAws: boolean;
    /** What Pulumi itself has written into it: how the stack's secrets are encrypted. */
    readonly secretsProvider?: string;
    readonly hasSalt: boolean;
}

export function readingOf(stackFile: string): Reading {
    const name = path.basename(stackFile);
    const text = readFileSync(stackFile, "utf8");
    try {
        const { config, secretsprovider, encryptionsalt } = readContent(stackFile);
        const parsed = parseSettings(withoutCiphers(config));
        return {
            name,
            text,
            problems: [],
            ...parsed,
            // Whatever it is to be, AWS may be part of it.
            usesAws: config[`${project}:kind`] !== StackKind.Existing,
            secretsProvider: secretsprovider,
            hasSalt: encryptionsalt !== undefined,
        };
    } catch (error) {
        if (!(error instanceof UserError)) throw error;
        const unreadable = error.message;
        return { name, text, problems: [], unreadable, usesAws: true, hasSalt: false };
    }
}
