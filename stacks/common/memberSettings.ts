import { JoinMode } from "../../components/member/joinMode";
import { checkMember } from "../../components/member/memberChecks";
import { shown } from "../../components/support/problems";
import type { Reader } from "../reader";

/** What is said of a member wherever it runs. */
export interface CommonMember {
    readonly name: string;
    readonly mode: JoinMode;
    readonly provider?: string;
    readonly region?: string;
    readonly zones?: readonly string[];
}

/** Members of which something more is said, as `readRest` reads it. */
export function readMembers<T extends object>(
    top: Reader,
    canSign: boolean,
    readRest: (reader: Reader, member: CommonMember) => T,
): (CommonMember & T)[] {
    const names = new Set<string>();
    const wanted = "list the members, each with a name, a mode, and where it is";
    return top.mappings("members", wanted, (reader) => {
        const common: CommonMember = {
            name: reader.text("name", 'give it a name for Karmada, such as "ekseucl01"'),
            mode: reader.choice("mode", JoinMode),
            provider: reader.optionalText("provider"),
            region: reader.optionalText("region"),
            zones: reader.texts("zones"),
        };
        const member = { ...common, ...readRest(reader, common) };
        const { name, ...facts } = common;
        // Of a Region that there is not, nothing is a zone.
        const region = reader.told("region") ? undefined : facts.region;
        reader.check(checkMember({ ...facts, region, clusterName: name }, canSign), {
            clusterName: "name",
        });
        if (names.has(name)) {
            reader.report("name", `is ${shown(name)} again; each member needs its own.`);
        }
        names.add(name);
        return member;
    });
}

/** Undefined where one of them cannot be read: then nobody knows who else there is. */
export function namesOf(top: Reader, members: readonly CommonMember[]): string[] | undefined {
    const names = members.map(({ name }) => name);
    return top.misread("members") || names.includes("") ? undefined : names;
}
