import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { UserError } from "../../../local/support/errors";

const execute = promisify(execFile);

/** Runs a program of the machine to its end; answers what it printed. */
export async function run(program: string, ...args: string[]): Promise<string> {
    const { stdout } = await execute(program, args, { maxBuffer: 1 << 26 });
    return stdout;
}

/** Files that the cluster needs, by the Debian package that brings them. */
const needed: Readonly<Record<string, readonly string[]>> = {
    "busybox-static": ["/bin/busybox"],
    containerd: ["/usr/bin/containerd", "/usr/bin/containerd-shim-runc-v2", "/usr/bin/ctr"],
    "containernetworking-plugins": ["ptp", "host-local", "loopback"].map(
        (plugin) => `/usr/lib/cni/${plugin}`,
    ),
    iproute2: ["/usr/sbin/ip"],
    iptables: ["/usr/sbin/iptables-restore"],
    runc: ["/usr/sbin/runc"],
    "util-linux": ["/usr/bin/nsenter", "/usr/bin/unshare"],
};

/** Refuses a machine on which kubelets cannot run, before anything is started. */
export function requireMachine(): void {
    if (process.platform !== "linux" || process.getuid?.() !== 0) {
        throw new UserError(
            "Three nodes on one machine need Linux and root: run this as root, " +
                `or set ${otherCluster} to the kubeconfig of a cluster to use instead.`,
        );
    }
    const missing = Object.entries(needed)
        .filter(([, files]) => !files.every((file) => existsSync(file)))
        .map(([name]) => name);
    if (missing.length > 0) {
        throw new UserError(
            `Three nodes on one machine need Debian packages that are not installed: ${missing.join(", ")}. ` +
                `Install them: apt-get install --no-install-recommends ${missing.join(" ")}`,
        );
    }
}

/** Names a kubeconfig file; the tests then use that cluster and start none. */
export const otherCluster = "KARMADA_EKS_TEST_KUBECONFIG";
/** Names that cluster's class of volumes. */
export const otherStorageClass = "KARMADA_EKS_TEST_STORAGE_CLASS";
