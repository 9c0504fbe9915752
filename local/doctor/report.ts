import { counted } from "../plan/values";
import type { Finding, Verdict } from "./finding";

const width = Math.max(...["ok", "warning", "problem", "unchecked"].map((each) => each.length));

/** A line for each finding, with what to do about it below. */
export function findingsAsText(findings: readonly Finding[]): string {
    const lines = merged(findings).flatMap(({ verdict, subject, message, remedy }) => [
        `${verdict.padEnd(width)}  ${subject}: ${message}`,
        ...(remedy ? [`${" ".repeat(width)}  → ${remedy}`] : []),
    ]);
    return [...lines, "", summary(findings)].join("\n");
}

/** What is left undone for one reason is one line. */
function merged(findings: readonly Finding[]): Finding[] {
    const reasons = new Map<string, string[]>();
    for (const { verdict, subject, message } of findings) {
        if (verdict === "unchecked")
            reasons.set(message, [...(reasons.get(message) ?? []), subject]);
    }
    const told = findings.filter(({ verdict }) => verdict !== "unchecked");
    const left = [...reasons].map(([message, subjects]) => ({
        verdict: "unchecked" as const,
        subject: [...new Set(subjects)].join(", "),
        message,
    }));
    return [...told, ...left];
}

function summary(findings: readonly Finding[]): string {
    const count = (verdict: Verdict) => findings.filter((each) => each.verdict === verdict).length;
    const parts = [
        counted(count("problem"), "problem"),
        counted(count("warning"), "warning"),
        `${count("ok")} ok`,
    ];
    const open = merged(findings).filter(({ verdict }) => verdict === "unchecked").length;
    return `${parts.join(", ")}${open > 0 ? "; some of it was not checked, see above" : ""}.`;
}
