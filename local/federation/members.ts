import { readIfThere, writePrivate } from "./files";
import { layoutOf, type Layout } from "./layout";
import type { MemberSpec } from "./options";

/** The members that the federation was last started with. */
export const federationMembers = (stateDir: string): readonly MemberSpec[] =>
    JSON.parse(readIfThere(layoutOf(stateDir).members) ?? "[]") as MemberSpec[];

export const memberNamesIn = (layout: Layout): readonly string[] =>
    federationMembers(layout.root).map(({ name }) => name);

export const writeMembers = (layout: Layout, members: readonly MemberSpec[]) =>
    writePrivate(layout.members, JSON.stringify(members));
