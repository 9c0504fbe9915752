/** The candidate that was probably meant, or nothing if none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
    const farthest = Math.max(2, Math.floor(word.length / 3));
    return candidates
        .map((candidate) => ({ candidate, distance: distance(word, candidate) }))
        .filter((each) => each.distance <= farthest)
        .sort((one, other) => one.distance - other.distance)[0]?.candidate;
}

/** Letters to insert, delete, or replace to get from one word to the other; case is free. */
function distance(one: string, other: string): number {
    const [from, to] = [one.toLowerCase(), other.toLowerCase()];
    let row = Array.from({ length: to.length + 1 }, (_, at) => at);
    for (let i = 1; i <= from.length; i++) {
        const next = [i];
        for (let j = 1; j <= to.length; j++) {
            const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
            next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced));
        }
        row = next;
    }
    return row[to.length]!;
}
