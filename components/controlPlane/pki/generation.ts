/** Nine months of a leaf's year: three are left to renew it in. */
const monthsPerGeneration = 9;
const epoch = { year: 2026, month: 0 };

export const leafValidityHours = 365 * 24;
export const authorityValidityHours = 10 * 365 * 24;

/** What is left of a leaf's year when its generation ends, at the least. */
export const renewalWindowDays = 89;

/** Which certificates an update wants. The same clock and number always give the same one. */
export interface Generation {
    /** Part of the names of every leaf's resources, so that a preview shows what will be renewed. */
    readonly label: string;
    /** The first update after this moment renews every leaf. */
    readonly endsAt: Date;
}

/**
 * The date decides, not the provider: a certificate is renewed by the first update in a new
 * generation. A `forced` number is added to it, not put in its place, so that what was renewed by
 * hand once goes on being renewed by date.
 */
export function generationAt(now: Date, forced?: number): Generation {
    const months = (now.getUTCFullYear() - epoch.year) * 12 + (now.getUTCMonth() - epoch.month);
    const number = Math.floor(months / monthsPerGeneration) + 1;
    return {
        label: forced === undefined ? `${number}` : `${number}-${forced}`,
        endsAt: new Date(Date.UTC(epoch.year, epoch.month + number * monthsPerGeneration)),
    };
}
