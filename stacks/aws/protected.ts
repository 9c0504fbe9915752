/** What Pulumi can be told not to delete. */
export const Protected = {
    Parent: "parent",
    Karmada: "karmada",
    Backup: "backup",
    /** The clusters that are made for them. */
    Members: "members",
} as const;
export type Protected = (typeof Protected)[keyof typeof Protected];
