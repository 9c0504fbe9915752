import { forEach } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { cluster } from "../../subjects/karmada";
import { objectName } from "../../subjects/kubernetes";

export const memberNamesUnique = stackRule({
    id: "KAR-06",
    name: "member-names-unique",
    sentence: "No two members of the program have one name.",
    severity: "critical",
    anchors: [],
    remedy: "Give each member a name of its own: of two with one name, each takes the other's place.",
    levels: levels.always,
    unknown: "refused",
    concerns: [cluster],
    checkStack(stack, report) {
        const holders = new Map<string, string>();
        forEach(
            stack.filter(({ type }) => type === cluster),
            (member) => {
                const name = objectName(member);
                if (name === undefined) return;
                const holder = holders.get(name);
                if (holder === undefined) {
                    holders.set(name, member.name);
                } else {
                    report(
                        `metadata.name is "${name}", as of "${holder}": give this member another name.`,
                        member,
                    );
                }
            },
        );
    },
});
