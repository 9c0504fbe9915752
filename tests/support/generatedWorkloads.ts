import * as fc from "fast-check";

export interface GeneratedWorkload {
    readonly name: string;
    readonly replicas: number;
    readonly weights: Readonly<Record<string, number>>;
}

/** The counts where divisions go wrong first. */
const replicas = fc.oneof(fc.constantFrom(0, 1, 2, 13, 14, 100), fc.integer({ min: 0, max: 40 }));

/** So many workloads over these members, the same ones for the same seed. */
export function generateWorkloads(
    members: readonly string[],
    count: number,
    seed: number,
): GeneratedWorkload[] {
    const weight = fc.oneof(fc.constantFrom(1, 1, 2), fc.integer({ min: 1, max: 97 }));
    const weights = fc
        .subarray([...members], { minLength: 1 })
        .chain((chosen) =>
            fc
                .tuple(...chosen.map(() => weight))
                .map((values) => Object.fromEntries(chosen.map((name, at) => [name, values[at]!]))),
        );
    return fc
        .sample(fc.record({ replicas, weights }), { numRuns: count, seed })
        .map((workload, at) => ({ name: `generated-${at}`, ...workload }));
}
