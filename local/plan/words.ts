/** The first of many, and how many more there are. */
export function shortened(
    words: readonly string[],
    most: number,
    rest: string,
    between = ", ",
): string {
    const shown =
        words.length <= most + 1
            ? words
            : [...words.slice(0, most), `${words.length - most} ${rest}`];
    return shown.join(between);
}

/** As a list under a title; nothing where there is nothing to list. */
export const listed = (title: string, items: readonly string[]): string =>
    items.length === 0 ? "" : `${title}:\n${items.map((item) => `  - ${item}`).join("\n")}`;
