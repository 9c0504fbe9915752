import "./ownConnections";
import { mkdirSync, mkdtempSync } from "node:fs";
import * as path from "node:path";
import { LocalWorkspace, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { installOwn, provider } from "../../local/engine/plugins";

/** A PULUMI_HOME that holds a provider: this project's own, whatever the user has installed. */
export async function homeWithProvider(
    folder: string,
    name: string,
    sort?: "plugins" | "simulation",
): Promise<string> {
    const home = path.join(folder, "home");
    await installOwn(provider(name, sort), { home, bundles: folder });
    return home;
}

/** A stack of the real engine whose program is a function of the test. */
export async function inlineStack(
    home: string,
    pulumi: string,
    program: PulumiFn,
): Promise<Stack & { readonly stateFile: string }> {
    // The engine is looked for on this process's own PATH and nowhere else.
    const directory = path.dirname(pulumi);
    if (!process.env.PATH?.startsWith(directory + path.delimiter)) {
        process.env.PATH = directory + path.delimiter + process.env.PATH;
    }
    const workDir = mkdtempSync(path.join(path.dirname(home), "stack-"));
    const backend = path.join(workDir, "state");
    mkdirSync(backend);
    const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: "test", projectName: "test", program },
        {
            workDir,
            envVars: {
                PULUMI_HOME: home,
                // Attributes beside each file are not written whole for whoever reads at that moment.
                PULUMI_BACKEND_URL: `file://${backend}?metadata=skip`,
                PULUMI_CONFIG_PASSPHRASE: "test",
                PULUMI_SKIP_UPDATE_CHECK: "true",
                PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            },
        },
    );
    const stateFile = path.join(backend, ".pulumi", "stacks", "test", "test.json");
    return Object.assign(stack, { stateFile });
}
