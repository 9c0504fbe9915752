import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { stringify } from "yaml";
import { StackFiles } from "../../stacks/files";
import { project, type Settings, StackKind } from "../../stacks/parseSettings";
import { installOwn, languageHost, provider } from "../engine/plugins";
import { checkedSettings, readConfig } from "../engine/stackFile";
import { Cloud } from "../simulation/cloud/cloud";
import { projectRoot } from "../support/root";
import { placeExisting } from "./existing";
import { standIn, standInState, stateOf } from "./hub";
import { serveHere } from "./servedHere";
import { type StackFile, withoutCiphers } from "./stackFile";

/** A project in a folder of its own, with nothing in it that knows of an account. */
export interface Scene {
    readonly folder: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly settings: Settings;
}

const plugins = [
    languageHost,
    ...["aws", "awsx", "eks"].map((name) => provider(name, "simulation")),
];

/** Does the work in such a folder, and removes that. */
export async function inScene<T>(
    stackFile: StackFile,
    work: (scene: Scene) => Promise<T>,
): Promise<T> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-offline-"));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    // Ctrl-C ends the process, and `finally` is not for that.
    process.once("exit", remove);
    const home = path.join(folder, "home");
    const stopServing = await serveHere(home);
    try {
        return await work(await setUp(folder, home, stackFile));
    } finally {
        stopServing();
        process.removeListener("exit", remove);
        remove();
    }
}

async function setUp(folder: string, home: string, { stack, file }: StackFile): Promise<Scene> {
    const config = withoutCiphers(readConfig(file));
    const settings = checkedSettings(file, config, new StackFiles());
    await Promise.all(plugins.map((plugin) => installOwn(plugin, { home, bundles: folder })));
    const write = (name: string, content: object) =>
        writeFileSync(path.join(folder, name), stringify(content), { mode: 0o600 });
    write("Pulumi.yaml", {
        name: project,
        runtime: "nodejs",
        main: path.join(projectRoot, "stacks", "index.ts"),
    });
    const hub = settings.kind === StackKind.Member ? { [`${project}:hub`]: standIn } : {};
    write(`Pulumi.${stack}.yaml`, { config: { ...config, ...hub } });
    placeExisting(new Cloud(path.join(folder, "cloud")), settings);
    const backend = path.join(folder, "backend");
    writeStates(path.join(backend, ".pulumi", "stacks", project), {
        ...standInState(),
        [stack]: stateOf(`organization/${project}/${stack}`, []),
    });
    const environment = { ...environmentOf(home, backend), PULUMI_STACK: stack };
    return { folder, environment, settings };
}

function writeStates(folder: string, states: Readonly<Record<string, object>>): void {
    mkdirSync(folder, { recursive: true });
    for (const [stack, state] of Object.entries(states)) {
        writeFileSync(path.join(folder, `${stack}.json`), JSON.stringify(state), { mode: 0o600 });
    }
}

/** No word of who the user is: not to AWS, not to Kubernetes, not to Pulumi. */
function environmentOf(home: string, backend: string): NodeJS.ProcessEnv {
    const kept = ["PATH", "TMPDIR", "LANG", "LC_ALL", "TZ"];
    return {
        ...Object.fromEntries(kept.map((name) => [name, process.env[name]])),
        HOME: home,
        PULUMI_HOME: home,
        PULUMI_BACKEND_URL: `file://${backend}`,
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_PARALLEL: "64",
        // Without it there is no log of events.
        PULUMI_DEBUG_COMMANDS: "true",
    };
}
