import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { KubeClient } from "../../../local/kube";
import { progressOn } from "../../../local/support/terminal";
import { storageClassName } from "./addons";
import { controlPlaneImages } from "./images";
import { otherCluster, otherStorageClass } from "./machine";
import { NodesCluster } from "./nodesCluster";

/** The cluster that a control plane of Karmada is put into. */
export interface ParentCluster {
    /** File. */
    readonly kubeconfig: string;
    /** Where its node ports answer. */
    readonly nodePortAddress: string;
    /** Of volumes for etcd. */
    readonly storageClassName: string;
    /** Undefined for a cluster of the user's: its nodes are not ours to kill, nor to be given images. */
    readonly nodes?: NodesCluster;
    stop(): Promise<void>;
}

/** The user's cluster when the environment names one, else three nodes on this machine. */
export async function parentCluster(): Promise<ParentCluster> {
    const kubeconfig = process.env[otherCluster];
    return kubeconfig ? usersCluster(kubeconfig) : ownCluster();
}

async function ownCluster(): Promise<ParentCluster> {
    const progress = progressOn(process.stdout);
    const stateDir = mkdtempSync(path.join(os.tmpdir(), "karmada-eks-nodes-"));
    const removeLater = () => removeInBackground(stateDir);
    process.once("exit", removeLater);
    const nodes = await NodesCluster.start({ stateDir, progress });
    const images = await controlPlaneImages(progress);
    await progress.step("images for the nodes", () => nodes.importImages(images));
    return {
        kubeconfig: nodes.kubeconfig,
        nodePortAddress: nodes.nodePortAddress,
        storageClassName,
        nodes,
        stop: async () => {
            await nodes.stop();
            process.removeListener("exit", removeLater);
        },
    };
}

/** An interrupted run cannot wait for it. */
function removeInBackground(stateDir: string): void {
    const program = path.join(__dirname, "remove.ts");
    spawn(process.execPath, ["-r", "ts-node/register/transpile-only", program, stateDir], {
        detached: true,
        stdio: "ignore",
    }).unref();
}

async function usersCluster(kubeconfig: string): Promise<ParentCluster> {
    const client = KubeClient.fromKubeconfig(readFileSync(kubeconfig, "utf8"));
    const [node] = await client.list("v1", "Node").finally(() => client.close());
    const { addresses } = node!["status"] as { addresses: { type: string; address: string }[] };
    const { address } = addresses.find(({ type }) => type === "InternalIP")!;
    return {
        kubeconfig,
        nodePortAddress: address,
        storageClassName: process.env[otherStorageClass] ?? storageClassName,
        stop: async () => {},
    };
}
