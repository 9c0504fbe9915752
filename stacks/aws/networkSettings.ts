import type { KarmadaVpcArgs } from "../../components/karmadaVpc/karmadaVpc";
import type { NatMode } from "../../components/karmadaVpc/natMode";
import { checkNetwork, checkReference, networkFacts } from "../../components/karmadaVpc/vpcChecks";
import { given } from "../../components/support/givenArgs";
import { shown } from "../../components/support/problems";
import type { Reader } from "../reader";
import { type SiteSettings, toldAtTop } from "./regionSettings";

export type NetworkSettings = Omit<KarmadaVpcArgs, "region" | "tags">;

/** A network of the stack's own, or one that is there. */
export function readNetwork(reader: Reader, site: SiteSettings): NetworkSettings {
    const { zones, cidr, ...rest } = readNewNetwork(reader, reader.texts("zones"));
    const existing = readExistingNetwork(reader.optionalMapping("existing"));
    const settings = { ...rest, zones, cidr, existing, apartFrom: reader.texts("apartFrom") };
    reader.refuseOthers();
    if (existing) {
        const also = Object.keys(given({ ...settings, existing: undefined }));
        reader.check(() => checkReference(site.region, existing, also), toldAtTop);
        return settings;
    }
    if (zones === undefined) {
        const example = ["a", "b", "c"].map((letter) => `${site.region}${letter}`);
        reader.report("zones", `is missing; name three, e.g. ${shown(example)}.`);
    }
    reader.check(() => checkNetwork(networkFacts({ ...settings, ...site })), toldAtTop);
    return settings;
}

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

function readExistingNetwork(reader: Reader | undefined): KarmadaVpcArgs["existing"] {
    const existing = reader && {
        vpcId: reader.text("vpcId"),
        privateSubnetIds: reader.texts("privateSubnetIds") ?? [],
        publicSubnetIds: reader.texts("publicSubnetIds"),
    };
    reader?.refuseOthers();
    return existing;
}
