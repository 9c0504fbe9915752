/** Command-line flags from a record, in its order. */
export const flags = (given: Readonly<Record<string, string | number | boolean>>): string[] =>
    Object.entries(given).map(([name, value]) => `--${name}=${value}`);
