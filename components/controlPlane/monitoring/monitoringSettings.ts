import { checkDnsLabel } from "../../support/names";
import { type Problem, shown } from "../../support/problems";

/** For a Prometheus that the Prometheus Operator runs in the parent cluster. */
export interface MonitoringSettings {
    /** Its namespace: metrics may be read from there, and from nowhere else. */
    readonly namespace: string;
    /**
     * Labels by which it finds what to read and what to alert of, e.g. { release: "prometheus" }.
     * @default none
     */
    readonly labels?: Readonly<Record<string, string>>;
    /**
     * How old the last good snapshot may get, in hours, before it is an alert. Only with `backup`.
     * @default 24
     */
    readonly oldestBackupHours?: number;
}

export const defaultOldestBackupHours = 24;

export function checkMonitoring({ namespace, oldestBackupHours }: MonitoringSettings): Problem[] {
    const problems = checkDnsLabel("namespace", namespace);
    if (oldestBackupHours !== undefined && !(oldestBackupHours > 0)) {
        const message = `is ${shown(oldestBackupHours)}; use a number of hours, more than the pause between two snapshots.`;
        problems.push({ path: "oldestBackupHours", message });
    }
    return problems;
}
