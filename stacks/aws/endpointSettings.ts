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
        dns: reader.optionalMapping("dns", readDns),
        deletionProtection: reader.flag("deletionProtection"),
    };
    reader.check(
        // The parent cluster's groups of nodes are known only later.
        checkEndpoint({ ...withDefaults(endpointDefaults, settings), tags, groups: 1 }),
        toldAtTop,
    );
    return settings;
}

const readDns = (reader: Reader): KarmadaEndpointArgs["dns"] => ({
    zone: reader.text("zone", 'name a zone of Route 53, such as "example.com"'),
    zoneId: reader.text("zoneId", 'give the zone\'s id, such as "Z0123456789ABCDEFGHIJ"'),
    name: reader.text("name", 'give a name in the zone, such as "karmada.example.com"'),
});
