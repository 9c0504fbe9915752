import { askProgram, Unanswered } from "./ask";

/** AWS's own code for why it said no, such as "ResourceNotFoundException". */
export const refusalCode = (error: unknown): string | undefined =>
    error instanceof Unanswered
        ? /An error occurred \((\w+(?:\.\w+)*)\)/.exec(error.message)?.[1]
        : undefined;

const mostAtOnce = 4;

/** The AWS CLI, asked with the user's own credentials. It only looks. */
export class Aws {
    private readonly answers = new Map<string, Promise<unknown>>();
    private readonly waiting: (() => void)[] = [];
    private atWork = 0;
    private late: Unanswered | undefined;

    constructor(
        private readonly environment: NodeJS.ProcessEnv,
        private readonly timeoutMs = 20_000,
    ) {}

    /** The answer to a question, which is asked once however often it is needed. */
    ask<T>(...question: readonly string[]): Promise<T> {
        const key = question.join("\0");
        const known = this.answers.get(key) ?? this.inTurn(question);
        this.answers.set(key, known);
        return known as Promise<T>;
    }

    private async inTurn(question: readonly string[]): Promise<unknown> {
        if (this.atWork >= mostAtOnce) {
            await new Promise<void>((resolve) => this.waiting.push(resolve));
        }
        this.atWork++;
        try {
            return await this.put(question);
        } finally {
            this.atWork--;
            this.waiting.shift()?.();
        }
    }

    private async put(question: readonly string[]): Promise<unknown> {
        // Who did not answer once will not soon: the whole stays short.
        if (this.late) throw this.late;
        const bounds = ["--cli-connect-timeout", "5", "--cli-read-timeout", "15"];
        try {
            const answer = await askProgram("aws", [...question, "--output", "json", ...bounds], {
                environment: { ...this.environment, AWS_PAGER: "", AWS_MAX_ATTEMPTS: "2" },
                timeoutMs: this.timeoutMs,
            });
            return answer.trim() === "" ? undefined : JSON.parse(answer);
        } catch (error) {
            if (error instanceof Unanswered && error.why === "late") this.late = error;
            throw isTooOld(error) ? unheardOf(question) : error;
        }
    }
}

/** The CLI tells all that it could be asked, on many lines. */
const isTooOld = (error: unknown): boolean =>
    error instanceof Unanswered &&
    /argument (command|operation): .*Invalid choice/.test(error.message);

const unheardOf = (question: readonly string[]): Unanswered =>
    new Unanswered(
        "refused",
        `this version of the AWS CLI does not know "aws ${question.slice(0, 2).join(" ")}"`,
    );
