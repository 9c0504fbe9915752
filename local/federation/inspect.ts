import { layoutOf } from "./layout";
import { memberNamesIn } from "./members";
import { agentName } from "./member";
import { processNames } from "./plan";
import { isAlive, readRecord } from "./records";
import { isStateDirectory } from "./stateDirectory";

export interface ProcessReport {
    readonly name: string;
    /** `dead`: it was started, nobody stopped it, and it is gone. */
    readonly state: "running" | "dead" | "stopped";
    readonly pid?: number;
    readonly logFile: string;
}

/** The processes of the federation, agents only where one was started; none without a federation. */
export async function inspectFederation(stateDir: string): Promise<readonly ProcessReport[]> {
    const layout = layoutOf(stateDir);
    if (!isStateDirectory(layout)) return [];
    const members = memberNamesIn(layout);
    const agents = new Set(members.map(agentName));
    return processNames(members).flatMap((name): ProcessReport[] => {
        const record = readRecord(layout, name);
        const logFile = layout.log(name);
        if (record === undefined) {
            return agents.has(name) ? [] : [{ name, state: "stopped", logFile }];
        }
        return isAlive(record)
            ? [{ name, state: "running", pid: record.pid, logFile }]
            : [{ name, state: "dead", logFile }];
    });
}
