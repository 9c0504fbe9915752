import { Answer } from "./transport";
import { KubeError, KubeObject, StatusDetails } from "./types";

/** The error that an answer stands for, in the API server's own words. */
export function statusError(answer: Answer, doing: string): KubeError {
    let status: { message?: string; reason?: string; details?: StatusDetails } = {};
    try {
        status = JSON.parse(answer.body);
    } catch {
        // Not every error comes from the API server itself: one of a proxy is plain text.
    }
    const said = status.message ?? (answer.body.trim().slice(0, 300) || `status ${answer.status}`);
    const remedy =
        answer.status === 401 ? "; the credentials in the kubeconfig are not accepted" : "";
    return new KubeError(
        `${doing}: ${said}${remedy}`,
        answer.status,
        status.reason,
        status.details,
    );
}

export function readAnswer<T = KubeObject>(answer: Answer, doing: string): T {
    if (answer.status < 200 || answer.status > 299) {
        throw statusError(answer, doing);
    }
    return JSON.parse(answer.body) as T;
}
