import { askProgram, Unanswered } from "../support/ask";
import { UserError } from "../support/errors";

/** What a kubeconfig says of it. */
export interface Exec {
    readonly command: string;
    readonly args?: readonly string[] | null;
    readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
}

export interface Credential {
    readonly token?: string;
    readonly clientCertificateData?: string;
    readonly clientKeyData?: string;
    readonly expirationTimestamp?: string;
}

/** A program that tells who the user of a kubeconfig is, such as `aws eks get-token`. */
export class CredentialPlugin {
    private last: Credential = {};
    private asking: Promise<Credential> | undefined;

    constructor(
        private readonly exec: Exec,
        private readonly timeoutMs = 60_000,
    ) {}

    /** Asked once for all who need it at a time, and again when the answer has ended. */
    async credential(): Promise<Credential> {
        if (Date.parse(this.last.expirationTimestamp ?? "") > Date.now()) {
            return this.last;
        }
        this.asking ??= this.ask().finally(() => (this.asking = undefined));
        return (this.last = await this.asking);
    }

    private async ask(): Promise<Credential> {
        const { command, args, env } = this.exec;
        if (typeof command !== "string" || ![args ?? [], env ?? []].every(Array.isArray)) {
            throw new UserError('its "exec" needs a command, and lists of args and env');
        }
        const own = (env ?? []).map(({ name, value }) => [name, value]);
        const answer = await askProgram(command, args ?? [], {
            environment: { ...process.env, ...Object.fromEntries(own) },
            timeoutMs: this.timeoutMs,
            secret: true,
        }).catch((error: unknown) => {
            const late = error instanceof Unanswered && error.why === "late";
            throw late ? withWayOut(error) : error;
        });
        const { status } = parsed(answer);
        if (typeof status !== "object" || status === null) {
            throw new UserError(`"${command}" printed no credential`);
        }
        return status;
    }
}

/** Without the parser's own message, which quotes what may be a credential. */
function parsed(text: string): { readonly status?: Credential | null } {
    try {
        return (JSON.parse(text) as object | null) ?? {};
    } catch {
        return {};
    }
}

function withWayOut({ message }: Error): UserError {
    return new UserError(`${message}; run it in a terminal to see what it waits for`);
}
