/** How Karmada and a member reach each other. */
export const JoinMode = {
    /** Karmada calls the member's API server. */
    Push: "push",
    /** An agent in the member calls Karmada; the member's API server needs no way in. */
    Pull: "pull",
} as const;
export type JoinMode = (typeof JoinMode)[keyof typeof JoinMode];
