import { partitionOf } from "../../../components/support/amazon";
import type { Check } from "../context";
import { needsOf } from "../needs";
import { ok, problem } from "../finding";

/** Regions that every account has, by partition: one that is off cannot be asked about itself. */
const home = { aws: "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" };

interface Answer {
    readonly Regions: readonly { readonly RegionName: string; readonly OptInStatus: string }[];
}

export const regionsAreOn: Check = {
    subject: "Region",
    examine: async (context) => {
        await context.identity();
        const needs = needsOf(await context.plan());
        return Promise.all(
            needs.map(async ({ region }) => {
                const base = home[partitionOf(region) as keyof typeof home];
                const { Regions } = await context.aws.ask<Answer>(
                    ...["ec2", "describe-regions", "--all-regions", "--region", base],
                );
                const status = Regions.find(({ RegionName }) => RegionName === region)?.OptInStatus;
                const subject = `Region ${region}`;
                if (status === "opt-in-not-required" || status === "opted-in") {
                    return ok(subject, "is on");
                }
                const remedy = `aws account enable-region --region-name ${region}, and wait until it is on; or use another.`;
                return problem(subject, "is not on in this account", remedy);
            }),
        );
    },
};
