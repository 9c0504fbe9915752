import * as path from "node:path";

/** The engine's part of the state directory. */
export const engineLayout = (stateDir: string) => {
    const folder = path.join(stateDir, "pulumi");
    return {
        folder,
        home: path.join(folder, "home"),
        bundles: path.join(folder, "bundles"),
        /** Where the engine keeps the stacks' state. */
        backend: path.join(folder, "backend"),
        passphrase: path.join(folder, "passphrase"),
        /** The project's stack file with what the engine itself adds to it. */
        stackFile: (stack: string) => path.join(folder, `Pulumi.${stack}.yaml`),
        /** The state on its way out of and back into the engine. */
        settlement: path.join(folder, "settlement.json"),
        stackState: (project: string, stack: string) =>
            path.join(folder, "backend", ".pulumi", "stacks", project, `${stack}.json`),
    };
};

export type EngineLayout = ReturnType<typeof engineLayout>;
