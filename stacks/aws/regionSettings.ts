import { checkRegion, checkTags, type Tags } from "../../components/support/amazon";
import type { Reader } from "../reader";

/** Where a stack's own things are, and what they carry. */
export interface SiteSettings {
    readonly region: string;
    readonly tags: Tags;
}

export function readSite(top: Reader): SiteSettings {
    const region = top.text("region");
    const tags = top.labels("tags") ?? {};
    if (region !== "") top.reportAll(checkRegion("region", region));
    top.reportAll(checkTags("tags", tags));
    return { region, tags };
}

/** What components find of these is told at the top, once. */
export const toldAtTop = { region: undefined, tags: undefined } as const;
