import { defaultEksVersion, eksReleases } from "../../../components/versionsEks";
import { type Settings, StackKind } from "../../../stacks/parseSettings";
import type { Check } from "../context";
import { type Finding, ok, problem, warning } from "../finding";
import { needsOf } from "../needs";

interface Answer {
    readonly clusterVersions: readonly {
        readonly clusterVersion: string;
        readonly versionStatus: string;
    }[];
}

const subject = "EKS version";
const day = 24 * 60 * 60_000;

/** What our own table says of the dates; needs nobody. */
export const eksVersionsByDate: Check = {
    subject,
    examine: async ({ stackFile: { settings }, today }) =>
        // What is wrong with the file is told elsewhere.
        settings === undefined ? [] : versionsIn(settings).map((each) => byDate(each, today)),
};

/** Of the clusters that the stack makes itself. */
function versionsIn(settings: Settings): string[] {
    if (settings.kind === StackKind.Existing) return [];
    const parents =
        settings.kind === StackKind.Aws && !settings.parent.existing ? [settings.parent] : [];
    const members = settings.members.flatMap(({ place }) =>
        "newCluster" in place ? [place.newCluster.cluster] : [],
    );
    return [...new Set([...parents, ...members].map(({ version = defaultEksVersion }) => version))];
}

function byDate(version: string, today: Date): Finding {
    const supported = Object.keys(eksReleases).join(", ");
    const remedy = `Raise the version in the stack file, one minor at a time; known here: ${supported}.`;
    const until = eksReleases[version]?.standardSupportUntil;
    if (until === undefined)
        return problem(subject, `${version} is none that this package knows`, remedy);
    const left = Math.floor((Date.parse(until) - today.getTime()) / day);
    if (left < 0)
        return problem(
            subject,
            `${version} has been out of standard support since ${until}`,
            remedy,
        );
    if (left < 90)
        return warning(subject, `${version} leaves standard support on ${until}`, remedy);
    return ok(subject, `${version} is in standard support until ${until}`);
}

/** What EKS says itself. */
export const eksVersionsByAws: Check = {
    subject,
    examine: async ({ identity, plan, aws }) => {
        await identity();
        const needs = needsOf(await plan()).filter(({ clusters }) => clusters.length > 0);
        const found = needs.map(async ({ region, clusters }) => {
            const { clusterVersions } = await aws.ask<Answer>(
                ...["eks", "describe-cluster-versions", "--include-all", "--region", region],
            );
            const status = new Map(
                clusterVersions.map((each) => [each.clusterVersion, each.versionStatus]),
            );
            const versions = new Set(clusters.flatMap(({ version }) => version ?? []));
            return [...versions].map((version) => {
                const said = status.get(version);
                if (said === "STANDARD_SUPPORT")
                    return ok(subject, `${version} is offered in ${region}`);
                const message = `EKS in ${region} says of ${version}: ${said?.toLowerCase().replace("_", " ") ?? "not offered"}`;
                return problem(subject, message, "Use another version in the stack file.");
            });
        });
        return (await Promise.all(found)).flat();
    },
};
