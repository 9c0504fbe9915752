import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { KarmadaConnection } from "../connection/karmadaConnection";
import { owned } from "../support/ownership";
import { refuse } from "../support/refuse";
import { type Division, divideReplicas, possibleDivisions, type Weights } from "./division";
import { staticWeightPlacement } from "./placement";
import { checkWorkload } from "./workloadChecks";

export interface WeightedWorkloadArgs {
    /** The Karmada that distributes the workload. */
    readonly karmada: KarmadaConnection;
    /**
     * Name of the Deployment, and value of its pods' label `app`.
     * @default the resource's name
     */
    readonly workloadName?: string;
    /** Namespace in Karmada's API; Karmada makes it in the members. */
    readonly namespace: string;
    /**
     * Name of the propagation policy.
     * @default the workload's name with `-propagation`
     */
    readonly policyName?: string;
    /** Replicas in all members together. Plain, because the division is known before anything runs. */
    readonly replicas: number;
    /** A weight for each member that shall run replicas: whole numbers from 1. */
    readonly weights: Readonly<Record<string, number>>;
    /** Names of the members there are; a weight for any other is refused. */
    readonly members?: readonly string[];
    /** What each replica runs. */
    readonly podSpec: pulumi.Input<k8s.types.input.core.v1.PodSpec>;
    /**
     * Whether an `up` is over without waiting for replicas, and a removal without waiting for its end. A
     * refresh finds no fault then with a Deployment that has no ReplicaSets.
     * @default false
     */
    readonly skipAwait?: boolean;
    /** Further labels of the Deployment and its pods. */
    readonly labels?: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * A Deployment whose replicas Karmada divides among members by fixed weights. An `up` waits until new
 * replicas or a new pod are available in the members; after a change of weights alone, which only
 * changes the policy, Karmada moves the replicas by itself.
 */
export class WeightedWorkload extends pulumi.ComponentResource {
    /**
     * Replicas per member, as Karmada divides them. One entry, or, in the preview of a new workload
     * in which a tie depends on the UID it will get, the two that are possible.
     */
    readonly predicted: pulumi.Output<Division[]>;

    constructor(name: string, args: WeightedWorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
        super(
            "pulumi-karmada-eks:index:WeightedWorkload",
            name,
            {},
            pulumi.mergeOptions(opts, { transformations: [owned] }),
        );
        const { namespace, replicas, weights, workloadName = name, skipAwait = false } = args;
        refuse(this, `WeightedWorkload "${name}"`, checkWorkload({ ...args, workloadName }));

        const inKarmada = { parent: this, provider: args.karmada.provider };
        const policyName = args.policyName ?? `${workloadName}-propagation`;
        const policy = new k8s.apiextensions.CustomResource(
            `${name}-policy`,
            {
                apiVersion: "policy.karmada.io/v1alpha1",
                kind: "PropagationPolicy",
                metadata: { name: policyName, namespace },
                spec: {
                    resourceSelectors: [
                        {
                            apiVersion: "apps/v1",
                            kind: "Deployment",
                            name: workloadName,
                            namespace,
                        },
                    ],
                    placement: staticWeightPlacement(weights),
                },
            },
            inKarmada,
        );
        const labels = { ...args.labels, app: workloadName };
        const deployment = new k8s.apps.v1.Deployment(
            `${name}-deployment`,
            {
                metadata: {
                    name: workloadName,
                    namespace,
                    labels,
                    annotations: skipAwait ? awaitNothing : awaitReplicas(replicas),
                },
                spec: {
                    replicas,
                    selector: { matchLabels: { app: workloadName } },
                    template: { metadata: { labels }, spec: args.podSpec },
                },
            },
            { ...inKarmada, dependsOn: policy },
        );

        this.predicted = predict(replicas, weights, deployment);
        this.registerOutputs({ predicted: this.predicted });
    }
}

const awaitNothing = { "pulumi.com/skipAwait": "true" };

/**
 * Karmada keeps no ReplicaSets, which the provider's own wait for a Deployment looks at. With no
 * replica the status has no numbers to wait for.
 */
function awaitReplicas(replicas: number): Record<string, string> {
    if (replicas === 0) {
        return awaitNothing;
    }
    const conditions = ["availableReplicas", "updatedReplicas"].map(
        (field) => `jsonpath={.status.${field}}=${replicas}`,
    );
    return { "pulumi.com/waitFor": JSON.stringify(conditions) };
}

/**
 * A preview's dry run gives a new object a UID that it will not keep, so a UID counts only when the
 * object has an id.
 */
function predict(
    replicas: number,
    weights: Weights,
    deployment: k8s.apps.v1.Deployment,
): pulumi.Output<Division[]> {
    const uid = isKnown(deployment.id).apply((exists) =>
        exists ? deployment.metadata.uid : pulumi.output(""),
    );
    return uid.apply((known) =>
        known
            ? [divideReplicas(replicas, weights, known)]
            : [...possibleDivisions(replicas, weights)],
    );
}

/** Every Output has this promise; the SDK's typings leave it out. */
function isKnown(output: pulumi.Output<unknown>): pulumi.Output<boolean> {
    return pulumi.output((output as unknown as { isKnown: Promise<boolean> }).isKnown);
}
