import { findStackFile } from "../offline/stackFile";
import { Unanswered } from "../support/ask";
import { Aws, refusalCode } from "../support/aws";
import { checksFor } from "./checks";
import type { Context, Identity, Plan } from "./context";
import { examine } from "./examine";
import { type Finding, Unchecked } from "./finding";
import { planOf } from "./plan";
import { readingOf } from "./reading";
import { stateOf } from "./state";

export { findingsAsText } from "./report";
export type { Finding } from "./finding";

export interface DoctorOptions {
    /** Name of a stack, or its stack file. */
    readonly stack: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly today: Date;
    /** For how long the AWS CLI may take over one answer. */
    readonly answerWithinMs?: number;
    /** What an update would lead to, where that is known already. */
    readonly plan?: () => Promise<Plan>;
}

/** Looks at everything that could stop an update of the stack; changes nothing. */
export async function diagnose(options: DoctorOptions): Promise<readonly Finding[]> {
    const { stack, file } = findStackFile(options.stack);
    const { environment, answerWithinMs } = options;
    const aws = new Aws(environment, answerWithinMs);
    const state = once(() => stateOf(stack, environment));
    const { plan = () => planOf(file, environment, state) } = options;
    const context: Context = {
        ...options,
        stack,
        stackFile: readingOf(file),
        aws,
        identity: once(() => identityFrom(aws)),
        state,
        plan: once(plan),
    };
    return examine(checksFor(context), context);
}

async function identityFrom(aws: Aws): Promise<Identity> {
    try {
        return await aws.ask<Identity>("sts", "get-caller-identity");
    } catch (error) {
        throw new Unchecked(`AWS was not asked: ${whyNot(error as Error)}`);
    }
}

function whyNot(error: Error): string {
    if (error instanceof Unanswered && error.why !== "refused") return error.message;
    const expired = ["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId"];
    if (expired.includes(refusalCode(error) ?? "")) return "the credentials are no longer good";
    return error.message.split("\n")[0]!;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
    let made: Promise<T> | undefined;
    return () => (made ??= make());
}
