export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export const patchTypes = {
    json: "application/json-patch+json",
    merge: "application/merge-patch+json",
    strategic: "application/strategic-merge-patch+json",
} as const;

export function dryRunQuery(dryRun: boolean | undefined): Query {
    return dryRun ? { dryRun: "All" } : {};
}

export function queryOf(query: Query): string {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const text = new URLSearchParams(
        given.map(([key, value]): [string, string] => [key, String(value)]),
    ).toString();
    return text && `?${text}`;
}
