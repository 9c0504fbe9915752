import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { bundle } from "../support/bundle";
import { httpProbe, karmadaName } from "./cluster";
import type { Layout } from "./layout";
import { portOf, type Ports } from "./ports";
import type { ProcessSpec } from "./processes";

export const agentHostName = `${karmadaName}.agent-host`;

/** The agent host, whose program is made while other processes start. */
export function agentHost(layout: Layout, ports: Ports, agentBinary: string) {
    const program = layout.agentHostProgram;
    const port = portOf(ports, agentHostName);
    return {
        name: agentHostName,
        ports: [port],
        specify: async (): Promise<ProcessSpec> => {
            mkdirSync(path.dirname(program), { recursive: true, mode: 0o700 });
            await bundle(path.join(__dirname, "agents", "host.ts"), program);
            return {
                name: agentHostName,
                command: process.execPath,
                args: [program, layout.root, agentBinary, String(port)],
                inputs: createHash("sha256").update(readFileSync(program)).digest("hex"),
                ports: [port],
                ready: httpProbe(port, "/"),
            };
        },
    };
}
