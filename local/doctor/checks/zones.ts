import type { Check } from "../context";
import { type Finding, ok, problem } from "../finding";
import { needsOfAdded, type RegionNeeds } from "../needs";

interface Zone {
    readonly ZoneName: string;
    /** The same place in every account, which a name is not. */
    readonly ZoneId: string;
    readonly State: string;
}

interface Answer {
    readonly AvailabilityZones: readonly Zone[];
}

/** Where EKS puts no control plane, as of 2026-11-21. */
const withoutEks = ["use1-az3", "usw1-az2", "cac1-az3"];

export const zonesAreOffered: Check = {
    subject: "zones",
    examine: async ({ identity, plan, aws }) => {
        await identity();
        const needs = needsOfAdded(await plan()).filter(({ zones }) => zones.length > 0);
        const found = needs.map(async (each) => {
            const { AvailabilityZones } = await aws.ask<Answer>(
                ...["ec2", "describe-availability-zones", "--region", each.region],
            );
            return judge(each, AvailabilityZones);
        });
        return (await Promise.all(found)).flat();
    },
};

function judge({ region, zones }: RegionNeeds, offered: readonly Zone[]): Finding[] {
    const subject = `zones of ${region}`;
    const good = offered.filter(
        ({ ZoneId, State }) => State === "available" && !withoutEks.includes(ZoneId),
    );
    const names = good.map(({ ZoneName }) => ZoneName);
    const bad = zones.filter((zone) => !names.includes(zone));
    if (bad.length === 0) return [ok(subject, `${zones.join(", ")} are offered`)];
    return bad.map((zone) => {
        const known = offered.find(({ ZoneName }) => ZoneName === zone);
        const why =
            known === undefined
                ? "is not offered to this account"
                : known.State === "available"
                  ? `is ${known.ZoneId}, where EKS has no control planes`
                  : `is ${known.State} now`;
        return problem(subject, `${zone} ${why}`, `Name three of ${names.join(", ")} as zones.`);
    });
}
