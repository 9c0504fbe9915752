/** How nodes in private subnets reach the internet. */
export const NatMode = {
    /** Not at all. */
    None: "none",
    /** Through one zone: cheap, and cut off with that zone. */
    Single: "single",
    /** Through a gateway in each zone. */
    PerZone: "perZone",
} as const;
export type NatMode = (typeof NatMode)[keyof typeof NatMode];
