import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type KarmadaConnection, type MemberCluster, WeightedWorkload } from "../../components";
import { given } from "../../components/support/givenArgs";
import type { CommonMember } from "./memberSettings";
import type { WorkloadSettings } from "./workloadSettings";

/** What every kind of stack puts out. */
export interface StackOutputs {
    readonly workloads: pulumi.Output<unknown>[];
    readonly members: Pick<CommonMember, "name" | "mode" | "region" | "zones">[];
}

/** What members and workloads have become, as a stack puts it out. */
export function deployTo(
    karmada: KarmadaConnection,
    joined: readonly MemberCluster[],
    settings: {
        readonly members: readonly CommonMember[];
        readonly workloads: readonly WorkloadSettings[];
    },
): StackOutputs {
    const names = settings.members.map(({ name }) => name);
    return {
        workloads: deployWorkloads(settings.workloads, names, karmada, joined),
        members: settings.members.map(({ name, mode, region, zones }) => ({
            name,
            mode,
            region,
            zones,
        })),
    };
}

function deployWorkloads(
    workloads: readonly WorkloadSettings[],
    members: readonly string[],
    karmada: KarmadaConnection,
    joined: readonly MemberCluster[],
): pulumi.Output<unknown>[] {
    const places = new Map(workloads.map(({ namespace, restricted }) => [namespace, restricted]));
    const namespaces = new Map(
        [...places].map(([name, restricted]) => [
            name,
            new k8s.core.v1.Namespace(
                name,
                {
                    metadata: {
                        name,
                        annotations: goneWithoutMembers,
                        ...(restricted && { labels: onlyRestricted }),
                    },
                },
                // Only members that are there already get a share of a new workload.
                { provider: karmada.provider, dependsOn: [...joined] },
            ),
        ]),
    );
    return workloads.map(({ name, namespace, replicas, weights, policy, skipAwait, ...pod }) => {
        const workload = new WeightedWorkload(
            name,
            {
                karmada,
                namespace,
                policyName: policy,
                replicas,
                weights,
                members,
                skipAwait,
                podSpec: podOf({ name, ...pod }),
            },
            // And so on all members: naming them again would make up most of the state of many workloads.
            { dependsOn: namespaces.get(namespace)! },
        );
        return pulumi.output({ namespace, name, replicas, predicted: workload.predicted });
    });
}

/**
 * Otherwise Karmada keeps it until every member has given up what it has of it, and one that does not answer never
 * does. A member that answers gives it up at the latest before it leaves.
 */
const goneWithoutMembers = { "pulumi.com/deletionPropagationPolicy": "background" };

const onlyRestricted = { "pod-security.kubernetes.io/enforce": "restricted" };

function podOf({
    name,
    image,
    cpu,
    memory,
    restricted,
}: Pick<
    WorkloadSettings,
    "name" | "image" | "cpu" | "memory" | "restricted"
>): k8s.types.input.core.v1.PodSpec {
    const requests = given({ cpu, memory });
    const needs = Object.keys(requests).length > 0;
    const container = {
        name,
        image,
        ...(needs && { resources: { requests, ...(memory && { limits: { memory } }) } }),
    };
    if (!restricted) return { containers: [container] };
    const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
    return {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [{ ...container, securityContext }],
    };
}
