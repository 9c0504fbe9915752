import type { UpdateSummary } from "@pulumi/pulumi/automation";

/** What an update did, beside looking at what others own. */
export const operationsOf = ({ resourceChanges = {} }: UpdateSummary): string[] =>
    Object.keys(resourceChanges).filter((operation) => operation !== "read");
