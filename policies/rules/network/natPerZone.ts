import { textAt } from "../../frame/read";
import { levels, stackRule } from "../../frame/rule";
import { isPublicSubnet, natGateway, ofType, subnet } from "../../subjects/amazon";

export const natPerZone = stackRule({
    id: "VPC-02",
    name: "nat-per-zone",
    sentence: "Where nodes reach the internet through NAT, each zone has a gateway of its own.",
    severity: "medium",
    anchors: ["EKS best practices: reliability"],
    remedy: 'Set nat to "perZone": with one gateway the loss of its zone cuts off the others.',
    levels: levels.onlyFromProd,
    unknown: "later",
    concerns: [natGateway],
    checkStack(stack, report) {
        const gateways = ofType(stack, natGateway).filter(
            ({ props }) => textAt(props, "connectivityType") !== "private",
        );
        // A regional gateway is in every zone by itself.
        if (gateways.some(({ props }) => textAt(props, "availabilityMode") === "regional")) return;
        const zones = new Set(
            ofType(stack, subnet)
                .filter((each) => !isPublicSubnet(each))
                .map(({ props }) => textAt(props, "availabilityZone")),
        );
        if (gateways.length < zones.size) {
            report(
                `${gateways.length} NAT gateways serve private subnets in ${zones.size} zones: make one in each, with nat set to "perZone".`,
            );
        }
    },
});
