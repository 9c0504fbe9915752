import type { Finding } from "./finding";
import type { Aws } from "../support/aws";
import type { PlannedResource } from "../offline";
import type { Reading } from "./reading";
import type { State } from "./state";

/** Who AWS takes the user for. */
export interface Identity {
    readonly Account: string;
    readonly Arn: string;
}

/** What an update of the stack would lead to. */
export interface Plan {
    readonly resources: readonly PlannedResource[];
    /** Those that are not there yet. */
    readonly added: readonly PlannedResource[];
}

/** What every check may ask for; each thing is found out once, and by whoever needs it first. */
export interface Context {
    readonly stack: string;
    readonly stackFile: Reading;
    readonly environment: NodeJS.ProcessEnv;
    readonly today: Date;
    readonly aws: Aws;
    identity(): Promise<Identity>;
    /** What the backend knows of the stack; nothing where it was never made. */
    state(): Promise<State | undefined>;
    plan(): Promise<Plan>;
}

export interface Check {
    /** Named where it cannot be looked into. */
    readonly subject: string;
    readonly examine: (context: Context) => Promise<readonly Finding[]>;
}
