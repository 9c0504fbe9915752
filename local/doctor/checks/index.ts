import { existsSync } from "node:fs";
import { localStack } from "../../engine/localStack";
import type { Check, Context } from "../context";
import { backend } from "./backend";
import { credentials, deployerIsAdmin } from "./credentials";
import { eksVersionsByAws, eksVersionsByDate } from "./eksVersions";
import { instanceTypesAreOffered } from "./instanceTypes";
import { namesAreFree } from "./names";
import { quotasSuffice } from "./quotas";
import { regionsAreOn } from "./region";
import { stackFileIsGood } from "./stackFile";
import { toolsOnPath } from "./tools";
import { zonesAreOffered } from "./zones";

const inAws = [
    credentials,
    deployerIsAdmin,
    regionsAreOn,
    zonesAreOffered,
    instanceTypesAreOffered,
    namesAreFree,
    eksVersionsByDate,
    eksVersionsByAws,
    quotasSuffice,
] as const;

/** In the order in which they are told. The local stack brings its own tools and backend. */
export function checksFor({ stack, stackFile, usesAws }: Context): readonly Check[] {
    if (!existsSync(stackFile)) return [stackFileIsGood];
    return [
        ...(stack === localStack ? [] : [toolsOnPath]),
        stackFileIsGood,
        ...(stack === localStack ? [] : [backend]),
        ...(usesAws ? inAws : []),
    ];
}
