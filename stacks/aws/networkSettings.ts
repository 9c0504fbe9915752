import type { ExistingNetwork } from "../../components/karmadaVpc/existingNetwork";
import type { KarmadaVpcArgs } from "../../components/karmadaVpc/karmadaVpc";
import type { NatMode } from "../../components/karmadaVpc/natMode";
import { checkNetwork, checkReference, networkFacts } from "../../components/karmadaVpc/vpcChecks";
import { exampleZones } from "../../components/support/amazon";
import { given } from "../../components/support/givenArgs";
import { shown } from "../../components/support/problems";
import type { Reader } from "../reader";
import { type SiteSettings, toldAtTop } from "./regionSettings";

export type NetworkSettings = Omit<KarmadaVpcArgs, "region" | "tags">;

/** A network of the stack's own, or one that is there. */
export function readNetwork(reader: Reader, site: SiteSettings): NetworkSettings {
    const { zones, cidr, ...rest } = readNewNetwork(reader, reader.texts("zones"));
    const existing = reader.optionalMapping("existing", readExistingNetwork);
    const settings = { ...rest, zones, cidr, existing, apartFrom: reader.texts("apartFrom") };
    if (existing) {
        const also = Object.keys(given({ ...settings, existing: undefined }));
        reader.check(checkReference(site.region, existing, also), toldAtTop);
        return settings;
    }
    if (reader.misread("existing")) return settings;
    if (zones === undefined) {
        const example = exampleZones(site.region);
        reader.report("zones", `is missing; name three, e.g. ${shown(example)}.`);
    }
    reader.check(checkNetwork(networkFacts({ ...settings, ...site })), toldAtTop);
    return settings;
}

/** Range of the network, said or not. */
export const rangeOf = ({
    region,
    network,
}: {
    readonly region: string;
    readonly network: NetworkSettings;
}): string => networkFacts({ ...network, region }).cidr;

/** The keys of a network that is to be made, for the parent or for a member. */
export function readNewNetwork(
    reader: Reader,
    zones: readonly string[] | undefined,
): Omit<NetworkSettings, "existing" | "apartFrom"> {
    return {
        zones,
        cidr: reader.optionalText("cidr"),
        // Which words there are is for the component to say.
        nat: reader.optionalText("nat") as NatMode | undefined,
        interfaceEndpoints: reader.flag("interfaceEndpoints"),
        flowLogDays: reader.optionalNumber("flowLogDays"),
    };
}

const readExistingNetwork = (reader: Reader): ExistingNetwork => ({
    vpcId: reader.text("vpcId", 'give its id, such as "vpc-0123456789abcdef0"'),
    privateSubnetIds: reader.texts("privateSubnetIds") ?? [],
    publicSubnetIds: reader.texts("publicSubnetIds"),
    natAddresses: reader.texts("natAddresses"),
});
