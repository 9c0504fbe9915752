import type { Finding } from "./finding";
import type { Aws } from "../support/aws";
import type { PlannedResource } from "../offline";

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
    readonly stackFile: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly today: Date;
    readonly aws: Aws;
    /** Otherwise it works on clusters that are there, wherever they are. */
    readonly usesAws: boolean;
    identity(): Promise<Identity>;
    plan(): Promise<Plan>;
}

export interface Check {
    /** Named where it cannot be looked into. */
    readonly subject: string;
    readonly examine: (context: Context) => Promise<readonly Finding[]>;
}
