/** A problem the user can mend: shown as its message alone, without a stack. */
export class UserError extends Error {
    override readonly name = "UserError";
}
