import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Progress } from "../../local/support/progress";
import { ensureBinaries } from "../../local/toolchain";
import { imageVersions } from "../e2e/controlPlane/controlPlaneInCluster";
import { Installed } from "../e2e/controlPlane/installed";
import type { NodesCluster } from "../e2e/nodes";
import { storageClassName } from "../e2e/nodes/addons";
import { run } from "../e2e/nodes/machine";
import { network } from "../e2e/nodes/network";
import { releasedDefinitions } from "./releasedDefinitions";

const namespace = "by-karmadactl";

/** It asks the Internet for this machine's own address, only to put it into certificates. */
const withoutInternet = ["HTTPS_PROXY=http://127.0.0.1:9", `NO_PROXY=${network}`];

/** Karmada by `karmadactl init`, with one of everything, as it is when it is not told otherwise. */
export class Karmadactl extends Installed {
    readonly name = "karmadactl";
    /** Keys are in it: for this user alone. */
    private readonly folder = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-karmadactl-"));

    private constructor(
        private readonly nodes: NodesCluster,
        private readonly program: string,
    ) {
        super(nodes.client(), namespace);
    }

    static async prepare(nodes: NodesCluster, progress: Progress): Promise<Karmadactl> {
        const { karmadactl } = await ensureBinaries(["karmadactl"], progress);
        const definitions = await releasedDefinitions(progress);
        const made = new Karmadactl(nodes, karmadactl);
        writeFileSync(made.file("crds.tar.gz"), definitions);
        return made;
    }

    /** From the command until Karmada's API answers and every pod is ready. */
    async install(): Promise<void> {
        const { kubeconfig, nodePortAddress } = this.nodes;
        const { kubernetes, etcd } = imageVersions();
        const options = {
            kubeconfig,
            namespace,
            crds: this.file("crds.tar.gz"),
            "karmada-data": this.file("data"),
            "karmada-pki": this.file("pki"),
            "karmada-apiserver-advertise-address": nodePortAddress,
            "kube-image-tag": `v${kubernetes}`,
            "etcd-image": `registry.k8s.io/etcd:${etcd}`,
            "etcd-storage-mode": "PVC",
            "storage-classes-name": storageClassName,
        };
        const flags = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
        await run("env", ...withoutInternet, this.program, "init", ...flags);
        await this.untilUsable();
    }

    async adminKubeconfig(): Promise<string> {
        return readFileSync(this.file("data/karmada-apiserver.config"), "utf8");
    }

    /** All that it has made in the cluster is in its namespace. */
    async remove(): Promise<void> {
        await this.nodes.kubectl("delete", "namespace", namespace);
    }

    /** Of this process; the cluster stays as it is. */
    async close(): Promise<void> {
        await this.parentClient.close();
        rmSync(this.folder, { recursive: true, force: true });
    }

    private file(name: string): string {
        return path.join(this.folder, name);
    }
}
