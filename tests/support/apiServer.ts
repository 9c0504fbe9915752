import { ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubeClient } from "../../local/kube";
import { Binaries } from "../../local/toolchain";
import { eventually } from "./eventually";

export const apiServerBinaries = ["etcd", "kube-apiserver", "kube-controller-manager"] as const;

export interface ApiServer {
    readonly kubeconfig: string;
    readonly client: KubeClient;
    /** Ends the API server alone, as a crash would; `resume` brings it back on the same port. */
    crash(): Promise<void>;
    resume(): Promise<void>;
    stop(): Promise<void>;
}

const controllers = [
    "namespace",
    "garbagecollector",
    "serviceaccount-token",
    "deployment",
    "replicaset",
];

/** A real API server on loopback, with the controllers that removal needs; no nodes, no pods. */
export async function startApiServer(
    binaries: Binaries<(typeof apiServerBinaries)[number]>,
): Promise<ApiServer> {
    const folder = mkdtempSync(join(tmpdir(), "api-server-"));
    const running = new Map<string, ChildProcess>();
    const [etcdPort, peerPort, managerPort, port = 0] = await freePorts(4);
    const run = (name: keyof typeof binaries, args: string[]) => {
        const log = openSync(join(folder, `${name}.log`), "a", 0o600);
        running.set(name, spawn(binaries[name], args, { stdio: ["ignore", log, log] }));
    };
    const kill = (name: string) => ended(running.get(name));

    const etcd = `http://127.0.0.1:${etcdPort}`;
    const peer = `http://127.0.0.1:${peerPort}`;
    const pki = join(folder, "pki");
    const token = writeCredentials(pki);
    run("etcd", [
        "--name=test",
        `--data-dir=${join(folder, "etcd")}`,
        `--listen-client-urls=${etcd}`,
        `--advertise-client-urls=${etcd}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=test=${peer}`,
        "--unsafe-no-fsync",
        "--log-level=warn",
    ]);
    const runApi = () =>
        run("kube-apiserver", [
            `--etcd-servers=${etcd}`,
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            `--secure-port=${port}`,
            "--endpoint-reconciler-type=none",
            "--authorization-mode=RBAC",
            "--disable-admission-plugins=ServiceAccount",
            `--cert-dir=${pki}`,
            `--token-auth-file=${join(pki, "tokens.csv")}`,
            "--service-account-issuer=https://test",
            `--service-account-key-file=${join(pki, "sa.key")}`,
            `--service-account-signing-key-file=${join(pki, "sa.key")}`,
            "--service-cluster-ip-range=10.96.0.0/16",
        ]);
    runApi();
    try {
        const certificate = join(pki, "apiserver.crt");
        await eventually("the API server's certificate", async () => {
            return readFileSync(certificate, "utf8").includes("END CERTIFICATE");
        });
        const kubeconfig = kubeconfigOf(port, readFileSync(certificate), token);
        const client = KubeClient.fromKubeconfig(kubeconfig);
        const ready = () =>
            eventually("the API server", async () => (await client.raw("/readyz")).status === 200);
        await ready();
        const kubeconfigFile = join(pki, "kubeconfig.yaml");
        writeFileSync(kubeconfigFile, kubeconfig, { mode: 0o600 });
        run("kube-controller-manager", [
            `--kubeconfig=${kubeconfigFile}`,
            `--authentication-kubeconfig=${kubeconfigFile}`,
            `--authorization-kubeconfig=${kubeconfigFile}`,
            "--bind-address=127.0.0.1",
            `--secure-port=${managerPort}`,
            "--leader-elect=false",
            `--service-account-private-key-file=${join(pki, "sa.key")}`,
            `--controllers=${controllers.join(",")}`,
        ]);
        return {
            kubeconfig,
            client,
            crash: () => kill("kube-apiserver"),
            resume: () => {
                runApi();
                return ready();
            },
            stop: async () => {
                await client.close();
                await Promise.all([...running.keys()].map(kill));
                rmSync(folder, { recursive: true, force: true });
            },
        };
    } catch (error) {
        await Promise.all([...running.keys()].map(kill));
        throw error;
    }
}

function writeCredentials(folder: string): string {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const token = randomBytes(24).toString("hex");
    const groups = "system:masters";
    writeFileSync(join(folder, "tokens.csv"), `${token},admin,1,"${groups}"\n`, { mode: 0o600 });
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs1", format: "pem" });
    writeFileSync(join(folder, "sa.key"), pem, { mode: 0o600 });
    return token;
}

function kubeconfigOf(port: number, ca: Buffer, token: string): string {
    const cluster = {
        server: `https://127.0.0.1:${port}`,
        "certificate-authority-data": ca.toString("base64"),
    };
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "test", cluster }],
        users: [{ name: "admin", user: { token } }],
        contexts: [{ name: "test", context: { cluster: "test", user: "admin" } }],
        "current-context": "test",
    });
}

function freePorts(count: number): Promise<number[]> {
    const servers = Array.from({ length: count }, () => createServer());
    const port = (server: (typeof servers)[number]) =>
        new Promise<number>((resolve, reject) => {
            server.once("error", reject);
            server.listen(0, "127.0.0.1", () => {
                resolve((server.address() as { port: number }).port);
            });
        });
    return Promise.all(servers.map(port)).then(async (ports) => {
        await Promise.all(servers.map((each) => new Promise((done) => each.close(done))));
        return ports;
    });
}

function ended(child: ChildProcess | undefined): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) {
        return Promise.resolve();
    }
    return new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
    });
}
