import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { EtcdMembers, type Kubectl } from "../controlPlane/etcdMembers";
import { replaceMember } from "../controlPlane/replaceMember";
import { runCommand } from "../support/command";
import { UserError } from "../support/errors";
import { progressOn } from "../support/terminal";
import { ensureBinaries } from "../toolchain";

const help = `Gives a member of etcd that has lost its volume for good a new one, which the others fill.

Usage: npm run replace-etcd-member -- MEMBER
  MEMBER  name of its pod, such as etcd-1

It works on the cluster that kubectl works on: set KUBECONFIG to that of Karmada's parent cluster.`;

/** `npm run replace-etcd-member -- MEMBER`, for any parent cluster. */
export function main(args: string[]): void {
    runCommand(async () => {
        const [member] = args;
        if (member === "--help") return console.log(help);
        if (member === undefined || member.startsWith("-") || args.length > 1) {
            throw new UserError(help);
        }
        const progress = progressOn(process.stdout);
        const { kubectl } = await ensureBinaries(["kubectl"], progress);
        await replaceMember(new EtcdMembers(kubectlIn(kubectl)), member, progress);
    });
}

const kubectlIn =
    (program: string): Kubectl =>
    async (...args) => {
        try {
            return (await promisify(execFile)(program, args, { maxBuffer: 1 << 26 })).stdout;
        } catch (error) {
            const { stderr } = error as { stderr?: string };
            throw new UserError(`kubectl ${args.join(" ")} failed:\n${stderr || String(error)}`);
        }
    };
