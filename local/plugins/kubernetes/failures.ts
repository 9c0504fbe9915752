import { KindNotServedError, KubeError } from "../../kube";
import { UserError } from "../../support/errors";
import { PropertyMap } from "../protocol/provider";
import { redactor } from "../protocol/redact";
import { annotations } from "./annotations";
import { isCoreSecret } from "./objects";

/** Fields that another manager has set, named with the ways out. */
export function explain(error: unknown): string {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    if (name === "AbortError") {
        return "cancelled while the API server was asked";
    }
    if (isConflict(error)) {
        return (
            `${message}. These fields are managed by someone else: leave them out, or add them to ignoreChanges, ` +
            `or take them over with the annotation ${annotations.patchForce}: "true"`
        );
    }
    return message;
}

function isConflict(error: unknown): boolean {
    const causes = isStatus(error, 409) ? (error.details?.causes ?? []) : [];
    return causes.some(({ reason }) => reason === "FieldManagerConflict");
}

/** Whether the API server has answered with one of these statuses. */
export function isStatus(error: unknown, ...statuses: readonly number[]): error is KubeError {
    return error instanceof KubeError && statuses.includes(error.status);
}

/** Without its definition there are no objects of a kind. */
export function meansGone(error: unknown): boolean {
    return isStatus(error, 404) || error instanceof KindNotServedError;
}

/** Whoever is asked, nobody answers as this cluster: it is away, is another or lets nobody in, or its kubeconfig is no good. */
function isOutOfReach(error: unknown): error is Error {
    return isStatus(error, 401) || error instanceof UserError;
}

/** Nothing when the object is gone already, with its kind or its cluster; of a cluster out of reach, the way out. */
export async function forgiving<T>(
    deleteUnreachable: boolean,
    work: () => Promise<T>,
): Promise<T | undefined> {
    return work().catch((error: unknown) => {
        if (meansGone(error) || (deleteUnreachable && isOutOfReach(error))) return undefined;
        throw isOutOfReach(error) ? withWayOut(error) : error;
    });
}

export function withWayOut({ message }: Error): UserError {
    return new UserError(
        `${message}. If the cluster is gone for good, set PULUMI_K8S_DELETE_UNREACHABLE=true to forget its objects`,
    );
}

/** The text without any secret of the given objects; all that a Secret holds is. */
export function redact(text: string, ...objects: readonly PropertyMap[]): string {
    const held = (map: PropertyMap, key: string) =>
        isCoreSecret(map) && (key === "data" || key === "stringData");
    return redactor(objects, held)(text);
}
