import { textAt } from "../../frame/read";
import { levels, stackRule, type StackResource } from "../../frame/rule";
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
    reads: "all",
    checkStack(stack, report) {
        const subnets = ofType(stack, subnet);
        const gateways = ofType(stack, natGateway)
            .filter(({ props }) => textAt(props, "connectivityType") !== "private")
            .map(({ references, props }) => ({
                props,
                // Of a gateway in a subnet from elsewhere it is not known whom it serves.
                network: networkOf(subnets.find(({ urn }) => references("subnetId").includes(urn))),
            }));
        const closed = subnets.filter((each) => !isPublicSubnet(each));
        for (const network of new Set(closed.map(networkOf))) {
            const serving = gateways.filter(
                (each) => each.network === undefined || each.network === network,
            );
            // A regional gateway is in every zone by itself.
            if (serving.some(({ props }) => textAt(props, "availabilityMode") === "regional")) {
                continue;
            }
            const zones = new Set(
                closed
                    .filter((each) => networkOf(each) === network)
                    .map(({ props }) => textAt(props, "availabilityZone")),
            );
            if (serving.length > 0 && serving.length < zones.size) {
                report(
                    `private subnets are in ${zones.size} zones, NAT gateways: ${serving.length}; make one in each, with nat set to "perZone".`,
                    stack.find(({ urn }) => urn === network),
                );
            }
        }
    },
});

/** Its URN where the program makes it, else its id. */
function networkOf(from: StackResource | undefined): string | undefined {
    return from && (from.references("vpcId")[0] ?? textAt(from.props, "vpcId"));
}
