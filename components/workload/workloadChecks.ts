import { checkMemberName } from "../member/memberName";
import { checkDnsLabel } from "../support/names";
import { type Problem, shown } from "../support/problems";

/** What is known of a workload before any resource exists. */
export interface WorkloadFacts {
    readonly workloadName: string;
    readonly namespace: string;
    readonly policyName?: string;
    readonly replicas: number;
    readonly weights: Readonly<Record<string, number>>;
    readonly members?: readonly string[];
    readonly labels?: Readonly<Record<string, unknown>>;
}

/** Beyond it the prediction would take longer than the deployment. */
const mostReplicas = 1_000_000;

export function checkWorkload(workload: WorkloadFacts): Problem[] {
    return [
        ...checkDnsLabel("workloadName", workload.workloadName),
        ...checkNamespace(workload.namespace),
        ...(workload.policyName === undefined
            ? []
            : checkDnsLabel("policyName", workload.policyName)),
        ...checkReplicas(workload.replicas),
        ...checkWeights(workload.weights, workload.members),
        ...checkMembers(workload.members ?? []),
        ...checkLabels(workload.labels ?? {}),
    ];
}

function checkNamespace(namespace: unknown): Problem[] {
    if (typeof namespace === "string" && /^(karmada|kube)-/.test(namespace)) {
        const message = `is ${shown(namespace)}; Karmada propagates nothing from namespaces that begin with "karmada-" or "kube-", use one of your own.`;
        return [{ path: "namespace", message }];
    }
    return checkDnsLabel("namespace", namespace);
}

function checkReplicas(replicas: unknown): Problem[] {
    const valid = Number.isInteger(replicas) && (replicas as number) >= 0;
    if (valid && (replicas as number) <= mostReplicas) {
        return [];
    }
    const message = `is ${shown(replicas)}; use a whole number from 0 to ${mostReplicas}.`;
    return [{ path: "replicas", message }];
}

function checkWeights(weights: unknown, members: readonly string[] | undefined): Problem[] {
    if (typeof weights !== "object" || weights === null || Array.isArray(weights)) {
        const message = `is ${shown(weights)}; give each member a weight, e.g. { "member1": 1, "member2": 2 }.`;
        return [{ path: "weights", message }];
    }
    const entries: [string, unknown][] = Object.entries(weights);
    if (entries.length === 0) {
        const message = 'is empty; give at least one member a weight, e.g. { "member1": 1 }.';
        return [{ path: "weights", message }];
    }
    return entries.flatMap(([member, weight]) => [
        ...checkWeight(member, weight),
        ...(members === undefined
            ? checkMemberName("a name in weights", member)
            : checkKnown(member, members)),
    ]);
}

function checkWeight(member: string, weight: unknown): Problem[] {
    if (Number.isSafeInteger(weight) && (weight as number) > 0) {
        return [];
    }
    const advice = weight === 0 ? "leave the member out, or use" : "use";
    const message = `is ${shown(weight)}; ${advice} a whole number from 1.`;
    return [{ path: `weights.${member}`, message }];
}

function checkKnown(member: string, members: readonly string[]): Problem[] {
    if (members.includes(member)) {
        return [];
    }
    const known = members.length > 0 ? members.join(", ") : "none";
    return [{ path: `weights.${member}`, message: `names no member; the members are: ${known}.` }];
}

function checkMembers(members: readonly string[]): Problem[] {
    return members.flatMap((member, at) =>
        members.indexOf(member) < at
            ? [
                  {
                      path: `members[${at}]`,
                      message: `is ${shown(member)} again; name each member once.`,
                  },
              ]
            : [],
    );
}

function checkLabels(labels: Readonly<Record<string, unknown>>): Problem[] {
    if (!("app" in labels)) {
        return [];
    }
    return [
        { path: "labels.app", message: "is set to the workload's name already; leave it out." },
    ];
}
