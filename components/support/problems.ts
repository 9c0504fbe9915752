/** One thing wrong with what the user wrote. `path` names the argument, `message` goes on from there. */
export interface Problem {
    readonly path: string;
    readonly message: string;
}

/** The same problems, seen from one level further out. */
export function within(prefix: string, problems: readonly Problem[]): Problem[] {
    return problems.map(({ path, message }) => ({ path: `${prefix}.${path}`, message }));
}

export function describeProblems(what: string, problems: readonly Problem[]): string {
    return `${what}:\n${problems.map(({ path, message }) => `  - ${path} ${message}`).join("\n")}`;
}

/** A value as it is shown in a message: strings quoted, NaN as NaN. */
export function shown(value: unknown): string {
    return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
}
