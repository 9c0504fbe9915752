import { forEach } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { etcdsOf, etcdTypes, membersShown } from "../../subjects/etcd";

export const etcdMembersOdd = resourceRule({
    id: "KAR-01",
    name: "etcd-members-odd",
    sentence:
        "etcd has an odd number of members, as many as a majority needs and no more than seven.",
    severity: "critical",
    anchors: ["etcd FAQ: odd number of members"],
    remedy: "Set the number of members to 3, or to 5 where two may be lost at once.",
    levels: levels.always,
    options: {
        minimum: {
            schema: {
                type: "integer",
                minimum: 1,
                maximum: 7,
                description: "The fewest members there may be.",
            },
            default: 3,
            dev: 1,
        },
    },
    unknown: "refused",
    types: etcdTypes,
    check(resource, report, { minimum }) {
        forEach(etcdsOf(resource), (etcd) => {
            const { members } = etcd;
            const is = membersShown(etcd);
            // A StatefulSet of none is an etcd that is stopped, as for a restore.
            if (members === 0) return;
            if (typeof members !== "number" || !Number.isInteger(members) || members < 0) {
                report(`${is}, which is no number of members: write 3 or 5.`);
            } else if (members % 2 === 0) {
                report(
                    `${is}, an even number, which survives no more losses than one member fewer: set it to ${members - 1 || 1} or ${members + 1}.`,
                );
            } else if (members > 7) {
                report(`${is}: set it to 7 at most, every write waits for more than half of them.`);
            } else if (members < minimum) {
                report(
                    `${is}, and a majority of them does not survive the loss of one: set it to ${minimum}.`,
                );
            }
        });
    },
});
