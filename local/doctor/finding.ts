/** `unchecked`: it could not be found out; the message says why. */
export type Verdict = "ok" | "warning" | "problem" | "unchecked";

export interface Finding {
    readonly verdict: Verdict;
    readonly subject: string;
    readonly message: string;
    /** What to do about it. */
    readonly remedy?: string;
}

/** Something that the other checks would need is not there. */
export class Unchecked extends Error {}

export const ok = (subject: string, message: string): Finding => ({
    verdict: "ok",
    subject,
    message,
});
export const warning = (subject: string, message: string, remedy: string): Finding => ({
    verdict: "warning",
    subject,
    message,
    remedy,
});
export const problem = (subject: string, message: string, remedy: string): Finding => ({
    verdict: "problem",
    subject,
    message,
    remedy,
});
export const unchecked = (subject: string, message: string): Finding => ({
    verdict: "unchecked",
    subject,
    message,
});
