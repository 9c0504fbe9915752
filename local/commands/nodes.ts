import * as path from "node:path";
import { controlPlaneImages, NodesCluster, snapshotImages } from "../../tests/e2e/nodes";
import { command } from "../support/command";
import { projectRoot } from "../support/root";
import { progressOn } from "../support/terminal";

const nodesDir = path.join(projectRoot, ".local-nodes");

export const main = command({
    usage: "npm run nodes -- [--stop]",
    summary: "Brings up three Kubernetes nodes on this machine, as the tests do, to be looked at.",
    options: [{ name: "stop", meaning: "ends them and removes all that was theirs" }],
    run: async ({ stop }) => {
        const progress = progressOn(process.stdout);
        if (stop) return NodesCluster.remove(nodesDir, progress);
        const cluster = await NodesCluster.start({ stateDir: nodesDir, progress, stays: true });
        const images = [
            ...(await controlPlaneImages(progress)),
            ...(await snapshotImages(progress)),
        ];
        await progress.step("images for the nodes", () => cluster.importImages(images));
        console.log(`\nkubectl --kubeconfig=${cluster.kubeconfig} get nodes`);
    },
});
