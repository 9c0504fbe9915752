import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { describeProblems, type Problem, shown } from "../support/problems";
import { refuse } from "../support/refuse";
import type { EtcdFacts } from "./etcd/etcdPlan";
import { listParentNodes } from "./parentNodes";
import { shortages } from "./parentShape";
import type { Redundancy } from "./weaknesses";

export interface Prerequisites extends Redundancy {
    readonly kubeconfig: pulumi.Input<string>;
    readonly etcd: EtcdFacts;
    readonly monitored: boolean;
    /** Whether too few nodes are refused, or only warned of. */
    readonly strict: boolean;
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
): pulumi.Output<pulumi.Resource[]> {
    const { parent: component } = inParent;
    const what = `KarmadaControlPlane "${name}"`;
    const storageClass = k8s.storage.v1.StorageClass.get(
        `${name}.etcd.storageClassName`,
        wanted.etcd.storageClassName,
        inParent,
    );
    const rules = "prometheusrules.monitoring.coreos.com";
    const { CustomResourceDefinition } = k8s.apiextensions.v1;
    const found: pulumi.Resource[] = [
        storageClass,
        ...(wanted.monitored
            ? [CustomResourceDefinition.get(`${name}.monitoring`, rules, inParent)]
            : []),
    ];
    const { metadata, volumeBindingMode } = storageClass;
    return pulumi
        .all([wanted.kubeconfig, metadata, volumeBindingMode])
        .apply(async ([kubeconfig, { uid } = {}, bindingMode]) => {
            // Only an API server gives one: there is none in unit tests, and no call is made in them.
            if (uid === undefined) return found;
            const problems = [
                ...checkBinding(wanted.etcd.storageClassName, bindingMode),
                ...(await checkNodes(kubeconfig, wanted)),
            ];
            if (wanted.strict) refuse(component, what, problems);
            if (problems.length > 0) {
                void pulumi.log.warn(describeProblems(what, problems), component);
            }
            return found;
        });
}

function checkBinding(storageClassName: string, bindingMode: string): Problem[] {
    if (bindingMode === "WaitForFirstConsumer") return [];
    const message = `is ${shown(storageClassName)}, which makes volumes before their pods have a node, so in zones where these may not be put. Use a class with volumeBindingMode WaitForFirstConsumer.`;
    return [{ path: "etcd.storageClassName", message }];
}

async function checkNodes(kubeconfig: string, wanted: Redundancy): Promise<Problem[]> {
    try {
        return shortages(wanted, await listParentNodes(kubeconfig));
    } catch (error) {
        const { message } = error as Error;
        const unknown = `does not let the parent's nodes be counted: ${message}. Whether they are enough is not known.`;
        return [{ path: "kubeconfig", message: unknown }];
    }
}
