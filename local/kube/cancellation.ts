/** The caller gave up on a request that had been sent: the server may have done what it was asked for. */
export class CutOffError extends Error {
    // As everything that ends by a signal.
    override readonly name = "AbortError";
}

/** Waits for what others may wait for too: the signal ends this wait alone. */
export function waitFor<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (!signal) {
        return work;
    }
    return new Promise((resolve, reject) => {
        const leave = () => reject(signal.reason as Error);
        const over = () => signal.removeEventListener("abort", leave);
        work.finally(over).then(resolve, reject);
        signal.addEventListener("abort", leave, { once: true });
        if (signal.aborted) {
            leave();
        }
    });
}
