import { Unanswered } from "../support/ask";
import { UserError } from "../support/errors";
import type { Check, Context } from "./context";
import { type Finding, unchecked, Unchecked } from "./finding";

/** Everything at once; what cannot be found out is told beside what could. */
export async function examine(
    checks: readonly Check[],
    context: Context,
): Promise<readonly Finding[]> {
    const found = await Promise.all(checks.map((check) => tolerant(check, context)));
    return found.flat();
}

async function tolerant(check: Check, context: Context): Promise<readonly Finding[]> {
    try {
        return await check.examine(context);
    } catch (error) {
        if (isExpected(error)) return [unchecked(check.subject, error.message)];
        throw error;
    }
}

const isExpected = (error: unknown): error is Error =>
    error instanceof Unchecked || error instanceof Unanswered || error instanceof UserError;
