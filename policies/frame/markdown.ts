/** A table whose columns are as wide as their widest cell, as prettier would have it. */
export function markdownTable([head, ...rows]: readonly (readonly string[])[]): string {
    const widths = head!.map((_, column) =>
        Math.max(3, ...[head!, ...rows].map((row) => row[column]!.length)),
    );
    const line = (row: readonly string[]) =>
        `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
    const rule = widths.map((width) => "-".repeat(width));
    return `${[head!, rule, ...rows].map(line).join("\n")}\n`;
}
