import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import * as path from "node:path";
import { allProcesses } from "./processTree";

const print = (program: string, ...args: string[]) =>
    execFileSync(program, args, { encoding: "utf8" }).trim().split("\n");

/** What a cluster of real nodes, with its state in the folder, could leave on the machine. */
export function machineTraces(folder: string): Record<string, readonly string[]> {
    return {
        processes: allProcesses()
            .map(({ command }) => command)
            .filter((command) => command.includes(folder)),
        namespaces: namespaces(),
        mounts: readFileSync("/proc/self/mounts", "utf8").split("\n"),
        cgroups: foldersIn("/sys/fs/cgroup").filter((folder) => folder.includes("karmada")),
        links: print("ip", "-o", "-brief", "address"),
        routes: print("ip", "route", "show", "table", "all"),
        rules: ["iptables-save", "ip6tables-save"].flatMap((program) =>
            print(program).filter((line) => line.startsWith("-")),
        ),
        settings: ["kernel.panic", "vm.overcommit_memory", "net.ipv4.ip_forward"].flatMap((name) =>
            print("sysctl", name),
        ),
        files: ["/run", "/opt", "/usr/libexec", "/var/lib", "/var/log", "/etc"].flatMap((folder) =>
            readdirSync(folder).map((name) => path.join(folder, name)),
        ),
    };
}

/** What is there now and was not there before; one line each. */
export function tracesSince(before: ReturnType<typeof machineTraces>, folder: string): string[] {
    return Object.entries(machineTraces(folder)).flatMap(([kind, lines]) =>
        lines.filter((line) => !before[kind]!.includes(line)).map((line) => `${kind}: ${line}`),
    );
}

/** Of mounts and networks, that any process is in. */
function namespaces(): string[] {
    const found = readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .flatMap((pid) =>
            ["mnt", "net"].flatMap((kind) => {
                try {
                    return [readlinkSync(`/proc/${pid}/ns/${kind}`)];
                } catch {
                    // The process has ended meanwhile.
                    return [];
                }
            }),
        );
    return [...new Set(found)].sort();
}

function foldersIn(folder: string): string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap(({ name }) => [path.join(folder, name), ...foldersIn(path.join(folder, name))]);
}
