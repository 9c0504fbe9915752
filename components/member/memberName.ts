import { isDnsLabel } from "../support/names";
import { type Problem, shown } from "../support/problems";

/** Karmada keeps 15 of a label's 63 characters for its own prefixes. */
const longest = 48;

/** Karmada names a member's second secret so: another member may not have that name. */
const taken = /(^|-)impersonator$/;

export function checkMemberName(path: string, name: unknown): Problem[] {
    if (typeof name !== "string" || !isDnsLabel(name, longest)) {
        const suggestion = typeof name === "string" ? suggestMemberName(name) : undefined;
        const rule = `a member's name has 1 to ${longest} characters, lower-case letters, digits and inner hyphens`;
        const hint = suggestion === undefined ? "" : `, e.g. "${suggestion}"`;
        return [{ path, message: `is ${shown(name)}; ${rule}${hint}.` }];
    }
    if (taken.test(name)) {
        const message = `is ${shown(name)}; Karmada itself uses names that end in "impersonator", choose another.`;
        return [{ path, message }];
    }
    return [];
}

/** A valid name that resembles an ARN, an eksctl name, or whatever somebody typed. */
export function suggestMemberName(from: string): string | undefined {
    const name = from
        .slice(from.lastIndexOf("/") + 1)
        .replace(/\.[a-z0-9-]+\.eksctl\.io$/i, "")
        .normalize("NFKD")
        .replace(/\p{Mark}/gu, "")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-/, "")
        .slice(0, longest)
        .replace(/-$/, "");
    return name === "" || taken.test(name) ? undefined : name;
}
