import type { V1LabelSelector } from "@kubernetes/client-node";
import { KubeClient, KubeObject } from "../../../kube";
import { shown } from "../objects";
import { pod, podProblems } from "./pods";
import { why } from "./readiness";

const mostLines = 5;
const mostSubjects = 4;

/** What pods and events say about an object that is not ready, one line each; nothing where nobody may look. */
export async function troublesOf(client: KubeClient, object: KubeObject): Promise<string[]> {
    try {
        const pods = await podsOf(client, object);
        const unready = pods.filter((each) => pod(each).state !== "ready");
        const subjects = [object, ...unready].slice(0, mostSubjects);
        const events = await Promise.all(subjects.map((each) => warningsOf(client, each)));
        return [...podLines(unready), ...new Set(events.flat())].slice(0, mostLines);
    } catch {
        // A user may have no right to see pods, and the wait has an outcome without them.
        return [];
    }
}

/** Pods that say the same share a line. */
function podLines(pods: readonly KubeObject[]): string[] {
    const said = pods.map((each) => podProblems(each).join("; "));
    const different = new Set(said.filter((problems) => problems !== ""));
    return [...different].map((problems) => {
        const [first, ...others] = pods.filter((_, index) => said[index] === problems);
        const more = others.length > 0 ? ` and ${others.length} more` : "";
        return `${shown(first!)}${more}: ${problems}`;
    });
}

async function podsOf(client: KubeClient, { kind, metadata, spec }: KubeObject) {
    const { selector = {} } = (spec ?? {}) as { selector?: V1LabelSelector };
    const labelSelector = kind === "PersistentVolumeClaim" ? "" : selectorText(selector);
    return labelSelector === ""
        ? []
        : client.list("v1", "Pod", { namespace: metadata.namespace, labelSelector });
}

/** Services and ReplicationControllers select by labels alone, without a name for them. */
function selectorText(selector: V1LabelSelector): string {
    const structured = "matchLabels" in selector || "matchExpressions" in selector;
    const { matchLabels = {}, matchExpressions = [] } = structured
        ? selector
        : { matchLabels: selector as Record<string, string> };
    return [
        ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
        ...matchExpressions.map(({ key, operator, values = [] }) => {
            switch (operator) {
                case "Exists":
                    return key;
                case "DoesNotExist":
                    return `!${key}`;
                default:
                    return `${key} ${operator.toLowerCase()} (${values.join(",")})`;
            }
        }),
    ].join(",");
}

async function warningsOf(client: KubeClient, object: KubeObject): Promise<string[]> {
    const { namespace, uid } = object.metadata;
    const fieldSelector = `involvedObject.uid=${uid},type=Warning`;
    const events = await client.list("v1", "Event", { namespace, fieldSelector });
    return events
        .sort((one, other) => timeOf(other).localeCompare(timeOf(one)))
        .map((event) => `${shown(object)}: ${why(event as { reason?: string; message?: string })}`);
}

function timeOf({ lastTimestamp, eventTime, metadata }: KubeObject): string {
    return String(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? "");
}
