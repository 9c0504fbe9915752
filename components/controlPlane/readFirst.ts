import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { monitorHas } from "../support/monitor";
import { describeProblems, type Problem, shown } from "../support/problems";
import { type EtcdFacts, mustSpread } from "./etcd/etcdPlan";
import { listParentNodes } from "./parentNodes";
import { shortages } from "./parentShape";
import type { Redundancy } from "./weaknesses";

export interface Prerequisites extends Redundancy {
    readonly kubeconfig: pulumi.Input<string>;
    readonly etcd: EtcdFacts;
    readonly monitored: boolean;
    /** Whether nothing is made where nodes are too few. */
    readonly strict: boolean;
}

/** For the first thing that is made in the parent. */
export interface ReadFirst {
    readonly dependsOn: pulumi.Input<pulumi.Resource>[];
    readonly hooks: Pick<pulumi.ResourceHookBinding, "beforeCreate">;
}

/**
 * What the parent cluster must have is looked up before anything is made in it, in a preview too once
 * the cluster is known. When an object is missing the engine tells a resource's name and what it looked
 * for: so the names are those of the arguments.
 */
export function readFirst(
    name: string,
    wanted: Prerequisites,
    inParent: pulumi.CustomResourceOptions,
): ReadFirst {
    const what = `KarmadaControlPlane "${name}"`;
    const storageClass = k8s.storage.v1.StorageClass.get(
        `${name}.etcd.storageClassName`,
        wanted.etcd.storageClassName,
        inParent,
    );
    const rules = "prometheusrules.monitoring.coreos.com";
    const { CustomResourceDefinition } = k8s.apiextensions.v1;
    const others = wanted.monitored
        ? [CustomResourceDefinition.get(`${name}.monitoring`, rules, inParent)]
        : [];
    let tooFew: readonly Problem[] = [];
    const { metadata, volumeBindingMode } = storageClass;
    const looked = pulumi
        .all([wanted.kubeconfig, metadata, volumeBindingMode])
        .apply(
            async ([
                kubeconfig,
                { creationTimestamp } = {},
                bindingMode,
            ]): Promise<pulumi.Resource> => {
                // Only an API server gives one: in unit tests and offline plans there is none, and no call is made.
                if (creationTimestamp === undefined) return storageClass;
                const counted = await countNodes(kubeconfig, wanted);
                tooFew = counted.tooFew;
                const problems = [...checkBinding(wanted.etcd, bindingMode), ...counted.problems];
                if (problems.length > 0) {
                    void pulumi.log.warn(describeProblems(what, problems), inParent.parent);
                }
                return storageClass;
            },
        );
    return {
        dependsOn: [looked, ...others],
        hooks: wanted.strict ? refuseToBegin(name, what, () => tooFew) : {},
    };
}

/** Not to go on: whoever has lost a node or a zone must be able to update what is there. */
function refuseToBegin(
    name: string,
    what: string,
    tooFew: () => readonly Problem[],
): ReadFirst["hooks"] {
    if (!monitorHas("registerResourceHook")) return {};
    const hook = new pulumi.ResourceHook(
        `${name}-nodes`,
        () => {
            const paths = tooFew().map(({ path }) => path);
            if (paths.length === 0) return;
            const message = `is true, and the parent has too few nodes for ${paths.join(", ")}, as a warning says. Add nodes, or begin without it.`;
            throw new Error(describeProblems(what, [{ path: "strict", message }]));
        },
        { onDryRun: true },
    );
    return { beforeCreate: [hook] };
}

interface Counted {
    readonly problems: readonly Problem[];
    /** Of these, what is certain. */
    readonly tooFew: readonly Problem[];
}

async function countNodes(kubeconfig: string, wanted: Redundancy): Promise<Counted> {
    try {
        const tooFew = shortages(wanted, await listParentNodes(kubeconfig));
        return { problems: tooFew, tooFew };
    } catch (error) {
        const { message } = error as Error;
        const unknown = `is of a cluster whose nodes could not be counted: ${message}. Whether they are enough is not known.`;
        return { problems: [{ path: "kubeconfig", message: unknown }], tooFew: [] };
    }
}

function checkBinding(etcd: EtcdFacts, bindingMode: string): Problem[] {
    if (!mustSpread(etcd) || bindingMode === "WaitForFirstConsumer") return [];
    const message = `is ${shown(etcd.storageClassName)}, which makes volumes before their pods have a node. If its volumes belong to a zone, they may be in one where their member may not be: use a class with volumeBindingMode WaitForFirstConsumer.`;
    return [{ path: "etcd.storageClassName", message }];
}
