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
    readers: readonly Reader[],
    canSign: boolean,
    readRest: (reader: Reader, member: CommonMember) => T,
): (CommonMember & T)[] {
    const names = new Set<string>();
    return readers.map((reader) => {
        const common: CommonMember = {
            name: reader.text("name"),
            mode: reader.choice("mode", JoinMode),
            provider: reader.optionalText("provider"),
            region: reader.optionalText("region"),
            zones: reader.texts("zones"),
        };
        const member = { ...common, ...readRest(reader, common) };
        reader.refuseOthers();
        const { name, ...facts } = common;
        reader.check(() => checkMember({ ...facts, clusterName: name }, canSign), {
            clusterName: "name",
        });
        if (names.has(name)) {
            reader.report("name", `is ${shown(name)} again; each member needs its own.`);
        }
        names.add(name);
        return member;
    });
}

export const namesOf = (members: readonly CommonMember[]): string[] =>
    members.map(({ name }) => name).filter(Boolean);
