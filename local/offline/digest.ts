import { isUnknownText, signature, signatureKey } from "../plugins/protocol/wireFormat";
import { parseUrn, urnOfProvider } from "../support/urns";
import type {
    Diagnostic,
    OfflinePreview,
    PlannedResource,
    PolicyJudgement,
    PolicyViolation,
} from "./planned";
import { unknown } from "./planned";

/** What "pulumi preview --json" prints, as far as it is read here. */
interface Digest {
    readonly steps?: readonly { readonly newState?: State }[];
    readonly diagnostics?: readonly Diagnostic[];
}

interface State {
    readonly urn: string;
    readonly type: string;
    readonly parent?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly provider?: string;
    readonly dependencies?: readonly string[];
    readonly protect?: boolean;
}

/** A line of the engine's log of events; each event has one of these. */
interface Event {
    readonly resOutputsEvent?: {
        readonly metadata: {
            readonly type: string;
            readonly new?: { readonly outputs?: Readonly<Record<string, unknown>> };
        };
    };
    readonly policyEvent?: {
        readonly resourceUrn?: string;
        readonly message: string;
        readonly policyName: string;
        readonly enforcementLevel: Exclude<PolicyViolation["level"], "undecided">;
    };
    readonly policyAnalyzeSummaryEvent?: Judged;
    readonly policyAnalyzeStackSummaryEvent?: Judged;
}

interface Judged {
    readonly resourceUrn?: string;
    readonly passed?: readonly string[];
    readonly failed?: readonly string[];
}

type Told = Pick<OfflinePreview, "resources" | "outputs" | "diagnostics" | "policies">;

/** Reads what the CLI printed, and the log of events, which alone has policies and outputs. */
export function readDigest(printed: string, eventLog: string): Told {
    const { steps = [], diagnostics = [] } = JSON.parse(printed) as Digest;
    const events = eventLog
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Event);
    return {
        resources: steps.flatMap(({ newState }) => (newState ? [planned(newState)] : [])),
        outputs: outputsIn(events),
        diagnostics: diagnostics.map((each) => ({ ...each, message: each.message.trim() })),
        policies: {
            violations: events.flatMap(({ policyEvent }) =>
                policyEvent ? [violation(policyEvent)] : [],
            ),
            judgements: events
                .map(
                    (event) =>
                        event.policyAnalyzeSummaryEvent ?? event.policyAnalyzeStackSummaryEvent,
                )
                .flatMap((judged) => (judged ? [judgement(judged)] : [])),
        },
    };
}

function planned(state: State): PlannedResource {
    const { urn, type, parent, inputs = {}, provider, dependencies = [], protect = false } = state;
    return {
        urn,
        type,
        name: parseUrn(urn).name,
        parent,
        inputs: readMap(inputs),
        provider: provider && urnOfProvider(provider),
        dependencies,
        protect,
    };
}

function outputsIn(events: readonly Event[]): Readonly<Record<string, unknown>> {
    const ofStack = events.findLast(
        ({ resOutputsEvent }) => resOutputsEvent?.metadata.type === "pulumi:pulumi:Stack",
    );
    return readMap(ofStack?.resOutputsEvent?.metadata.new?.outputs ?? {});
}

function violation(event: NonNullable<Event["policyEvent"]>): PolicyViolation {
    const message = event.message.replace(/<\{%.*?%\}>/g, "").trim();
    return {
        policy: event.policyName,
        level: message.startsWith("can't run policy ") ? "undecided" : event.enforcementLevel,
        message,
        urn: event.resourceUrn || undefined,
    };
}

const judgement = ({ resourceUrn, passed = [], failed = [] }: Judged): PolicyJudgement => ({
    urn: resourceUrn || undefined,
    passed,
    failed,
});

function read(value: unknown): unknown {
    if (typeof value === "string") return isUnknownText(value) ? unknown : value;
    if (Array.isArray(value)) return value.map(read);
    if (typeof value !== "object" || value === null) return value;
    const map = value as Readonly<Record<string, unknown>>;
    return map[signatureKey] === signature.secret ? "[secret]" : readMap(map);
}

const readMap = (map: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [key, read(value)]));
