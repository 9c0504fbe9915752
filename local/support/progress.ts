/** Shows named pieces of work: live lines on a terminal, plain lines in a pipe. */
export interface Progress {
    /** Runs one named piece of work and shows how long it took; `update` shows a detail meanwhile. */
    step<T>(label: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T>;
    note(text: string): void;
}

export const silent: Progress = {
    step: (_label, work) => work(() => {}),
    note: () => {},
};
