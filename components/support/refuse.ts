import * as pulumi from "@pulumi/pulumi";
import { describeProblems, type Problem } from "./problems";

/** Ends the program with every problem at once. A ResourceError is the one kind shown without a stack. */
export function refuse(
    resource: pulumi.Resource | undefined,
    what: string,
    problems: readonly Problem[],
): void {
    if (problems.length > 0) {
        throw new pulumi.ResourceError(describeProblems(what, problems), resource, true);
    }
}
