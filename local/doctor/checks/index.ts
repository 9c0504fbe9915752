import { localStack } from "../../engine/localStack";
import type { Check, Context } from "../context";
import { backend, secrets } from "./backend";
import { credentials, deployerIsAdmin } from "./credentials";
import { eksVersionsByAws, eksVersionsByDate } from "./eksVersions";
import { filesAreThere } from "./files";
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

/** In the order in which they are told. */
export function checksFor({ stack, stackFile }: Context): readonly Check[] {
    // The local stack brings its own tools, backend and kubeconfigs.
    if (stack === localStack) return [stackFileIsGood];
    const everywhere = [toolsOnPath, stackFileIsGood, filesAreThere, backend, secrets];
    return [...everywhere, ...(stackFile.usesAws ? inAws : [])];
}
