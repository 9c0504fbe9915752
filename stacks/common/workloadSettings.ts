import { shown } from "../../components/support/problems";
import { checkWorkload } from "../../components/workload/workloadChecks";
import type { Reader } from "../reader";

export interface WorkloadSettings {
    readonly name: string;
    readonly namespace: string;
    readonly image: string;
    readonly replicas: number;
    readonly weights: Readonly<Record<string, number>>;
    readonly policy?: string;
    /** What each replica needs of a processor, and of memory, of which it gets no more. */
    readonly cpu?: string;
    readonly memory?: string;
    /** Whether its namespace takes only pods by Kubernetes's standard "restricted", as its own then are. */
    readonly restricted?: boolean;
    /** Whether an update is over before its replicas run. */
    readonly skipAwait?: boolean;
}

export const readWorkloads = (
    top: Reader,
    members: readonly string[] | undefined,
): WorkloadSettings[] =>
    top.mappings(
        "workloads",
        "list the workloads, each with a name, or write [] for none",
        workloadReader(members),
    );

/** Of the entries of a list, one by one. */
export function workloadReader(
    members: readonly string[] | undefined,
): (reader: Reader) => WorkloadSettings {
    const names = new Set<string>();
    const policies = new Set<string>();
    const restricted = new Map<string, boolean>();
    return (reader) => {
        const workload = readWorkload(reader, members);
        const { name, namespace } = workload;
        if (names.has(name)) {
            reader.report("name", `is ${shown(name)} again; each workload needs its own.`);
        }
        names.add(name);
        if (namespace === "default") {
            reader.report(
                "namespace",
                'is "default"; name one of its own, which this stack makes.',
            );
        }
        const policy = `${namespace}/${workload.policy}`;
        if (workload.policy !== undefined && policies.has(policy)) {
            const place = `in namespace ${shown(namespace)}`;
            reader.report("policy", `is ${shown(workload.policy)} again ${place}; leave it out.`);
        }
        policies.add(policy);
        const mine = workload.restricted ?? false;
        if ((restricted.get(namespace) ?? mine) !== mine) {
            const message = `is ${mine}, unlike another workload's in namespace ${shown(namespace)}; a namespace takes either kind of pods.`;
            reader.report("restricted", message);
        }
        restricted.set(namespace, mine);
        return workload;
    };
}

function readWorkload(reader: Reader, members: readonly string[] | undefined): WorkloadSettings {
    const workload: WorkloadSettings = {
        name: reader.text("name", "give it one"),
        namespace: reader.text("namespace", "name one, which this stack makes"),
        image: reader.text("image", 'name a container image, such as "nginx:1.29.1"'),
        replicas: reader.number("replicas", "say how many are to run on all members together"),
        weights: reader.weights("weights"),
        policy: reader.optionalText("policy"),
        cpu: readQuantity(reader, "cpu", /^([1-9]\d*m?|0?\.\d+|[1-9]\d*\.\d+)$/, "100m"),
        memory: readQuantity(reader, "memory", /^[1-9]\d*([KMGT]i?)?$/, "64Mi"),
        restricted: reader.flag("restricted"),
        skipAwait: reader.flag("skipAwait"),
    };
    const { name, policy, ...facts } = workload;
    reader.check(
        checkWorkload({
            ...facts,
            workloadName: name,
            policyName: policy,
            members: members && [...new Set(members)],
        }),
        { workloadName: "name", policyName: "policy" },
    );
    return workload;
}

function readQuantity(
    reader: Reader,
    key: string,
    pattern: RegExp,
    example: string,
): string | undefined {
    const quantity = reader.optionalText(key);
    if (quantity !== undefined && !pattern.test(quantity)) {
        reader.report(key, `is ${shown(quantity)}; use a quantity such as "${example}".`);
    }
    return quantity;
}
