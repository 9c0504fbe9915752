import * as path from "node:path";
import { refuseMissing, stackNamedBy } from "../engine/stackFile";
import { UserError } from "../support/errors";
import { projectRoot } from "../support/root";

/** A stack file and the stack that it is of. */
export interface StackFile {
    readonly stack: string;
    readonly file: string;
}

/** By the name of one of the project's stacks, or by a path to a file of any folder. */
export function findStackFile(fileOrName: string): StackFile {
    const isName = /^[\w.-]+$/.test(fileOrName) && !/\.ya?ml$/.test(fileOrName);
    const file = path.resolve(isName ? projectRoot : ".", isName ? nameOf(fileOrName) : fileOrName);
    const stack = stackNamedBy(file);
    if (stack === undefined) {
        throw new UserError(
            `"${fileOrName}" is no stack file: give the name of a stack, such as "dev", ` +
                `or a file whose name is Pulumi.STACK.yaml.`,
        );
    }
    refuseMissing(file);
    return { stack, file };
}

const nameOf = (stack: string) => `Pulumi.${stack}.yaml`;

/**
 * The settings with a word in the place of each encrypted one: what they are is for no preview to know, and
 * the key that decrypts them may be in AWS.
 */
export const withoutCiphers = (config: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(config).map(([key, value]) => [key, withoutCipher(value)]));

function withoutCipher(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutCipher);
    if (typeof value !== "object" || value === null) return value;
    const isCipher = Object.keys(value).join() === "secure";
    return isCipher ? "encrypted" : withoutCiphers(value as Record<string, unknown>);
}
