import type { Check } from "../context";
import { type Finding, ok, problem } from "../finding";
import { needsOfAdded, type RegionNeeds } from "../needs";

interface Offering {
    readonly InstanceType: string;
    readonly Location: string;
}

interface Answer {
    readonly InstanceTypeOfferings: readonly Offering[];
}

export const instanceTypesAreOffered: Check = {
    subject: "instance types",
    examine: async ({ identity, plan, aws }) => {
        await identity();
        const needs = needsOfAdded(await plan()).filter(({ machines }) => machines.length > 0);
        const found = needs.map(async (each) => {
            const { InstanceTypeOfferings } = await aws.ask<Answer>(
                ...["ec2", "describe-instance-type-offerings", "--region", each.region],
                ...["--location-type", "availability-zone"],
                ...["--filters", `Name=instance-type,Values=${typesOf(each).sort()}`],
            );
            return judge(each, InstanceTypeOfferings);
        });
        return (await Promise.all(found)).flat();
    },
};

const typesOf = ({ machines }: RegionNeeds): string[] => machines.map(({ type }) => type);

function judge(needs: RegionNeeds, offered: readonly Offering[]): Finding[] {
    const { region, zones } = needs;
    const types = typesOf(needs);
    const subject = `instance types in ${region}`;
    const problems = types.flatMap((type) => {
        const places = offered
            .filter(({ InstanceType }) => InstanceType === type)
            .map(({ Location }) => Location)
            .sort();
        const missing = zones.filter((zone) => !places.includes(zone));
        if (places.length > 0 && missing.length === 0) return [];
        const where = missing.length > 0 ? missing.join(", ") : "any zone";
        const there = places.length > 0 ? ` (but in ${places.join(", ")})` : "";
        const remedy = "Use another type, such as m7i.large or m6i.large, or other zones.";
        return [problem(subject, `${type} is not offered in ${where}${there}`, remedy)];
    });
    return problems.length > 0
        ? problems
        : [ok(subject, `${types.join(", ")}: offered in every zone in use`)];
}
