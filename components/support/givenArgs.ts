/** Only what somebody said: an argument that is undefined is not given. */
export function given<T extends object>(args: T): Partial<T> {
    const said = Object.entries(args).filter(([, value]) => value !== undefined);
    return Object.fromEntries(said) as Partial<T>;
}

type Completed<A, D> = A & { readonly [K in keyof A & keyof D]-?: Exclude<A[K], undefined> };

/** The arguments, and where nothing is said, what then holds. */
export function withDefaults<A extends object, D extends object>(
    defaults: D,
    args: A,
): Completed<A, D> {
    const complete: object = { ...defaults, ...given(args) };
    return complete as Completed<A, D>;
}
