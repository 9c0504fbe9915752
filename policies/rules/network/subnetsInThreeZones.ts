import { textAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { isPublicSubnet, ofType, subnet } from "../../subjects/amazon";

export const subnetsInThreeZones = stackRule({
    id: "VPC-01",
    name: "subnets-in-three-zones",
    sentence:
        "The network has a private subnet in three zones, and beside each a public one or none at all.",
    severity: "high",
    anchors: ["EKS best practices: reliability"],
    remedy: "Give the network one public and one private subnet in each of three zones.",
    levels: levels.fromProd,
    options: {
        zones: {
            schema: { type: "integer", minimum: 1, maximum: 6, description: "How many zones." },
            default: 3,
            dev: 2,
        },
    },
    unknown: "later",
    concerns: [subnet],
    checkStack(stack, report, { zones }) {
        const subnets = ofType(stack, subnet);
        const zonesOf = (isPublic: boolean) =>
            new Set(
                subnets
                    .filter((each) => isPublicSubnet(each) === isPublic)
                    .map(({ props }) => textAt(props, "availabilityZone"))
                    .filter((zone) => zone !== undefined),
            );
        const inPrivate = zonesOf(false);
        const inPublic = zonesOf(true);
        if (inPrivate.size < zones) {
            report(
                `private subnets lie in ${inPrivate.size} zones (${[...inPrivate].join(", ") || "none"}): add subnets until they lie in ${zones}.`,
            );
        }
        const alone = [...inPrivate].filter((zone) => !inPublic.has(zone));
        if (inPublic.size > 0 && alone.length > 0) {
            report(`no public subnet lies in ${alone.join(", ")}: add one beside the private one.`);
        }
    },
});
