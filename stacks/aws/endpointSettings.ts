import type { KarmadaEndpointArgs } from "../../components/endpoint/endpoint";
import { checkEndpoint, endpointDefaults } from "../../components/endpoint/endpointChecks";
import { withDefaults } from "../../components/support/givenArgs";
import type { Reader } from "../reader";
import { type SiteSettings, toldAtTop } from "./regionSettings";

export type EndpointSettings = Omit<
    KarmadaEndpointArgs,
    | "vpcId"
    | "subnetIds"
    | "autoscalingGroupNames"
    | "nodeSecurityGroupId"
    | "allowedAddresses"
    | "tags"
>;

export function readEndpoint(reader: Reader, { tags }: SiteSettings): EndpointSettings {
    const settings = {
        allowedRanges: reader.texts("allowedRanges") ?? [],
        openToTheWorld: reader.flag("openToTheWorld"),
        internetFacing: reader.flag("internetFacing"),
        loadBalancerName: reader.optionalText("loadBalancerName"),
        port: reader.optionalNumber("port"),
        dns: readDns(reader.optionalMapping("dns")),
        deletionProtection: reader.flag("deletionProtection"),
    };
    reader.refuseOthers();
    reader.check(
        // The parent cluster's groups of nodes are known only later.
        () => checkEndpoint({ ...withDefaults(endpointDefaults, settings), tags, groups: 1 }),
        toldAtTop,
    );
    return settings;
}

function readDns(reader: Reader | undefined): KarmadaEndpointArgs["dns"] {
    const dns = reader && {
        zone: reader.text("zone"),
        zoneId: reader.text("zoneId"),
        name: reader.text("name"),
    };
    reader?.refuseOthers();
    return dns;
}
