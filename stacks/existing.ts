import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
    existingKarmada,
    type KarmadaConnection,
    MemberCluster,
    WeightedWorkload,
} from "../components";
import { describeProblems } from "../components/support/problems";
import { StackFiles } from "./files";
import { type MemberSettings, project, type Settings } from "./parseSettings";

export interface StackOutputs {
    readonly workloads: pulumi.Output<unknown>[];
    readonly members: Pick<MemberSettings, "name" | "mode" | "region" | "zones">[];
}

/** Members join a Karmada that runs already, and workloads are spread over them. */
export function existingStack(settings: Settings, files: StackFiles): StackOutputs {
    const texts = readFiles(settings, files);
    const karmada = existingKarmada("karmada", texts.karmada);
    const members = settings.members.map(
        (member, at) =>
            new MemberCluster(member.name, {
                ...member,
                karmada,
                kubeconfig: texts.members[at]!,
            }),
    );
    return {
        workloads: deployWorkloads(settings, karmada, members),
        members: settings.members.map(({ name, mode, region, zones }) => ({
            name,
            mode,
            region,
            zones,
        })),
    };
}

/** Everything is read before anything is made, so that a missing file is a message and no half a stack. */
function readFiles(settings: Settings, files: StackFiles) {
    const { kubeconfig, clientSigner } = settings.karmada;
    const key = `${project}:karmada`;
    const karmada = {
        kubeconfig: files.kubeconfig(`${key}.kubeconfig`, kubeconfig),
        clientSigner: clientSigner && {
            certPem: files.text(`${key}.clientSigner.certificate`, clientSigner.certificate),
            privateKeyPem: files.text(`${key}.clientSigner.privateKey`, clientSigner.privateKey),
        },
    };
    const members = settings.members.map((member, at) =>
        files.kubeconfig(`${project}:members[${at}].kubeconfig`, member.kubeconfig),
    );
    if (files.problems.length > 0) {
        const file = `Pulumi.${pulumi.getStack()}.yaml`;
        throw new pulumi.RunError(describeProblems(file, files.problems));
    }
    return { karmada, members };
}

function deployWorkloads(
    settings: Settings,
    karmada: KarmadaConnection,
    members: MemberCluster[],
): pulumi.Output<unknown>[] {
    const namespaces = new Map(
        [...new Set(settings.workloads.map((workload) => workload.namespace))].map((name) => [
            name,
            new k8s.core.v1.Namespace(
                name,
                { metadata: { name } },
                // Only members that are there already get a share of a new workload.
                { provider: karmada.provider, dependsOn: members },
            ),
        ]),
    );
    return settings.workloads.map(({ name, namespace, replicas, image, weights, policy }) => {
        const workload = new WeightedWorkload(
            name,
            {
                karmada,
                namespace,
                policyName: policy,
                replicas,
                weights,
                members: settings.members.map((member) => member.name),
                podSpec: { containers: [{ name, image }] },
            },
            // And so on all members: naming them again would make up most of the state of many workloads.
            { dependsOn: namespaces.get(namespace)! },
        );
        return pulumi.output({ namespace, name, replicas, predicted: workload.predicted });
    });
}
