import { textsAt } from "../../frame/read";
import { levels, stackRule, type StackResource } from "../../frame/rule";
import { ofType } from "../../subjects/amazon";
import { etcdContainerOf } from "../../subjects/etcd";
import { containersOf, podSpecOf, statefulSet } from "../../subjects/kubernetes";

const cronJob = "kubernetes:batch/v1:CronJob";

export const etcdBackedUp = stackRule({
    id: "KAR-09",
    name: "etcd-backed-up",
    sentence: "Where etcd runs, something saves snapshots of it regularly.",
    severity: "critical",
    anchors: ["etcd: disaster recovery"],
    remedy: "Give the control plane a backup, or declare a CronJob that runs etcdctl snapshot save.",
    levels: levels.onlyFromProd,
    unknown: "later",
    concerns: [statefulSet],
    reads: [cronJob],
    checkStack(stack, report) {
        const etcd = ofType(stack, statefulSet).find((each) => etcdContainerOf(each) !== undefined);
        if (etcd && !ofType(stack, cronJob).some(savesSnapshots)) {
            report("no CronJob of the program saves snapshots of it: declare a backup.", etcd);
        }
    },
});

function savesSnapshots(job: StackResource): boolean {
    return containersOf(podSpecOf(job)).some(({ value }) => {
        const words = ["command", "args"].flatMap((key) => textsAt(value, key)).join(" ");
        return /\bsnapshot\s+save\b/.test(words);
    });
}
