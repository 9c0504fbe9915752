import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { askPulumi, prepareEngine } from "../../local/engine";
import {
    federationBinaries,
    layoutOf,
    openStateDirectory,
    startFederation,
    stopFederation,
    type MemberSpec,
} from "../../local/federation";
import { KubeClient } from "../../local/kube";
import { silent } from "../../local/support/progress";
import { projectRoot } from "../../local/support/root";
import { progressOn } from "../../local/support/terminal";
import { ensureAssets, ensureBinaries } from "../../local/toolchain";

/** The settings of a stack file, without the project's name before each key. */
export interface StackSettings {
    karmada: { kubeconfig: string; clientSigner?: { certificate: string; privateKey: string } };
    members: Record<string, unknown>[];
    workloads: Record<string, unknown>[];
}

const stack = "local";

/** What `npm start` brings up, with a state directory and a stack file of its own. */
export class Environment {
    private constructor(
        readonly stateDir: string,
        /** The project's own local stack, its file names made absolute. */
        readonly settings: Readonly<StackSettings>,
        private readonly engineBinary: string,
        /** Names of the members, in the order of the stack file. */
        readonly members: readonly string[],
    ) {}

    static async start(): Promise<Environment> {
        const progress = progressOn(process.stdout);
        const stateDir = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-environment-"));
        const settings = projectSettings(stateDir);
        const members = settings.members.map((member): MemberSpec => ({
            name: member.name as string,
            region: member.region as string,
            zones: member.zones as string[],
            nodes: 3,
        }));
        const binaries = await ensureBinaries([...federationBinaries, "pulumi"], progress);
        const assets = await ensureAssets(progress);
        await startFederation({ stateDir, members, binaries, assets, progress: silent });
        const names = members.map(({ name }) => name);
        return new Environment(stateDir, settings, binaries.pulumi, names);
    }

    stop(): Promise<void> {
        return stopFederation(this.stateDir, { purge: true, progress: silent });
    }

    /** Runs the engine's CLI on a stack file with these settings; answers what it printed. */
    async pulumi(settings: Readonly<StackSettings>, ...args: string[]): Promise<string> {
        const stackFile = path.join(this.stateDir, "test-settings.yaml");
        const config = Object.entries({ kind: "existing", ...settings }).map(([key, value]) => [
            `pulumi-karmada-eks:${key}`,
            value,
        ]);
        writeFileSync(stackFile, stringify({ config: Object.fromEntries(config) }));
        openStateDirectory(this.stateDir);
        const { stateDir, engineBinary } = this;
        const engine = await prepareEngine({ stateDir, stack, stackFile, pulumi: engineBinary });
        return askPulumi(engine, args);
    }

    up(settings: Readonly<StackSettings>, ...args: string[]): Promise<string> {
        return this.pulumi(settings, "up", "--yes", "--skip-preview", ...args);
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
