import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { askPulumi, prepareEngine, settle, type Engine } from "../../local/engine";
import { engineLayout } from "../../local/engine/layout";
import {
    federationBinaries,
    inspectFederation,
    layoutOf,
    openStateDirectory,
    startFederation,
    stopFederation,
    type FederationOptions,
} from "../../local/federation";
import { KubeClient } from "../../local/kube";
import { attend } from "../../local/support/interruption";
import { silent } from "../../local/support/progress";
import { projectRoot } from "../../local/support/root";
import { progressOn } from "../../local/support/terminal";
import { ensureAssets, ensureBinaries } from "../../local/toolchain";
import { eventually } from "./eventually";

/** The settings of a stack file, without the project's name before each key. */
export interface StackSettings {
    karmada: { kubeconfig: string; clientSigner?: { certificate: string; privateKey: string } };
    members: Record<string, unknown>[];
    workloads: Record<string, unknown>[];
}

/** A run of the engine's CLI that was not waited for. */
export interface EngineRun {
    readonly process: ChildProcess;
    readonly end: Promise<{ readonly exitCode: number | null; readonly output: string }>;
}

/** As far as tests look into it. */
export interface EngineState {
    readonly resources?: readonly {
        readonly urn: string;
        readonly type: string;
        readonly inputs?: Readonly<Record<string, unknown>>;
        /** It is to be removed: another one has taken its place. */
        readonly delete?: boolean;
    }[];
    readonly pending_operations?: readonly {
        readonly type: string;
        readonly resource: { readonly urn: string };
    }[];
}

const stack = "local";

/** What `npm start` brings up, with a state directory and a stack file of its own. */
export class Environment {
    private constructor(
        private readonly federation: FederationOptions,
        /** The project's own local stack, its file names made absolute. */
        readonly settings: Readonly<StackSettings>,
        /** The engine's CLI. */
        readonly engineBinary: string,
    ) {}

    static async start(): Promise<Environment> {
        const progress = progressOn(process.stdout);
        const stateDir = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-environment-"));
        const settings = projectSettings(stateDir);
        const members = settings.members.map((member) => ({
            name: member.name as string,
            region: member.region as string,
            zones: member.zones as string[],
            nodes: 3,
        }));
        const binaries = await ensureBinaries([...federationBinaries, "pulumi"], progress);
        const assets = await ensureAssets(progress);
        const federation = { stateDir, members, binaries, assets, progress: silent };
        const environment = new Environment(federation, settings, binaries.pulumi);
        process.once("exit", environment.purge);
        await environment.repair();
        return environment;
    }

    async stop(): Promise<void> {
        await stopFederation(this.stateDir, { purge: true, progress: silent });
        process.removeListener("exit", this.purge);
    }

    /** An interrupted run cannot wait, and holds the state directory's lock until it has ended. */
    private readonly purge = () => {
        const program = path.join(__dirname, "purge.ts");
        spawn(process.execPath, ["-r", "ts-node/register/transpile-only", program, this.stateDir], {
            detached: true,
            stdio: "ignore",
        }).unref();
    };

    get stateDir(): string {
        return this.federation.stateDir;
    }

    /** Names of the members, in the order of the stack file. */
    get members(): string[] {
        return this.federation.members.map(({ name }) => name);
    }

    /** Starts what is missing of the federation. */
    repair(): Promise<void> {
        return startFederation(this.federation);
    }

    /** As if the machine that a member's API server runs on were lost. */
    async killApiServer(member: string): Promise<void> {
        const name = `${member}.kube-apiserver`;
        const find = async () =>
            (await inspectFederation(this.stateDir)).find((each) => each.name === name);
        process.kill((await find())!.pid!, "SIGKILL");
        await eventually("its end", async () => (await find())?.state === "dead");
    }

    /** Runs the engine's CLI on a stack file with these settings; answers what it printed. */
    async pulumi(settings: Readonly<StackSettings>, ...args: string[]): Promise<string> {
        return askPulumi(await this.engine(settings), args);
    }

    up(settings: Readonly<StackSettings>, ...args: string[]): Promise<string> {
        return this.pulumi(settings, "up", "--yes", "--skip-preview", ...args);
    }

    destroy(): Promise<string> {
        return this.pulumi(this.settings, "destroy", "--yes", "--skip-preview");
    }

    /** Starts the engine's CLI and does not wait for its end. */
    async begin(settings: Readonly<StackSettings>, ...args: string[]): Promise<EngineRun> {
        const engine = await this.engine(settings);
        await settle(engine, args);
        const { command, environment } = engine;
        const child = spawn(command, args, {
            cwd: projectRoot,
            env: environment,
            stdio: ["ignore", "pipe", "pipe"],
        });
        attend(child);
        let output = "";
        for (const stream of [child.stdout, child.stderr]) {
            stream.setEncoding("utf8").on("data", (text: string) => (output += text));
        }
        const end = once(child, "close").then(([code]) => ({
            exitCode: code as number | null,
            output,
        }));
        return { process: child, end };
    }

    /** What the engine has written down of the stack until now. */
    state(): EngineState {
        const file = engineLayout(this.stateDir).stackState("pulumi-karmada-eks", stack);
        const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
            checkpoint: { latest?: EngineState };
        };
        return checkpoint.latest ?? {};
    }

    /** The CLI, on a stack file with these settings. */
    async engine(settings: Readonly<StackSettings>): Promise<Engine> {
        const stackFile = path.join(this.stateDir, "test-settings.yaml");
        const config = Object.entries({ kind: "existing", ...settings }).map(([key, value]) => [
            `pulumi-karmada-eks:${key}`,
            value,
        ]);
        writeFileSync(stackFile, stringify({ config: Object.fromEntries(config) }));
        openStateDirectory(this.stateDir);
        const { stateDir, engineBinary } = this;
        return prepareEngine({ stateDir, stack, stackFile, pulumi: engineBinary });
    }

    client(cluster: string): KubeClient {
        const file = layoutOf(this.stateDir).kubeconfig(cluster);
        return KubeClient.fromKubeconfig(readFileSync(file, "utf8"));
    }
}

function projectSettings(stateDir: string): StackSettings {
    const text = readFileSync(path.join(projectRoot, `Pulumi.${stack}.yaml`), "utf8");
    const { config } = parse(text.replaceAll(" .local/", ` ${stateDir}/`)) as {
        config: Record<string, unknown>;
    };
    return Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key.split(":")[1]!, value]),
    ) as unknown as StackSettings;
}
