/** A problem the user can mend: shown as its message alone, without a stack. */
export class UserError extends Error {
    override readonly name = "UserError";
}

/** A command was not called as it wants to be: scripts tell this from other problems by the exit code, 2. */
export class UsageError extends UserError {}
