/** Rows under a header, in columns as wide as their widest cell; numbers to the right. */
export function table(
    header: readonly string[],
    rows: readonly (readonly (string | number)[])[],
): string {
    const widths = header.map((title, column) =>
        Math.max(title.length, ...rows.map((row) => String(row[column]).length)),
    );
    const numeric = header.map((_title, column) =>
        rows.some((row) => typeof row[column] === "number"),
    );
    const line = (cells: readonly (string | number)[]) =>
        cells
            .map((cell, column) =>
                numeric[column]
                    ? String(cell).padStart(widths[column]!)
                    : String(cell).padEnd(widths[column]!),
            )
            .join("   ")
            .trimEnd();
    return [line(header), ...rows.map(line)].join("\n");
}
