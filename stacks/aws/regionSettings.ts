import { checkRegion, checkTags, type Tags } from "../../components/support/amazon";
import type { Reader } from "../reader";

/** Where a stack's own things are, and what they carry. */
export interface SiteSettings {
    readonly region: string;
    readonly tags: Tags;
}

export function readSite(top: Reader): SiteSettings {
    const region = top.text("region", 'name the Region of Karmada, such as "eu-central-1"');
    top.check(checkRegion("region", region));
    return { region, tags: readTags(top) };
}

export function readTags(top: Reader): Tags {
    const tags = top.labels("tags") ?? {};
    top.check(checkTags("tags", tags));
    return tags;
}

/** What components find of these is told at the top, once. */
export const toldAtTop = { region: undefined, tags: undefined } as const;
