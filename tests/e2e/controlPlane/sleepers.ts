import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { type KarmadaConnection, MemberCluster, WeightedWorkload } from "../../../components";
import type { KubeObject } from "../../../local/kube";
import { shellImage } from "../nodes";
import type { ControlPlaneInCluster } from "./controlPlaneInCluster";

const app = "sleepers";
const namespace = "default";

/** The parent cluster as a member, and three replicas that sleep there. */
export function declareSleepers(
    karmada: KarmadaConnection,
    kubeconfig: string,
    opts: ComponentResourceOptions = {},
): void {
    const host = new MemberCluster("host", { karmada, kubeconfig, mode: "push" }, opts);
    const container = { name: "sleep", image: shellImage, command: ["sleep", "1000000"] };
    new WeightedWorkload(
        app,
        {
            karmada,
            namespace,
            replicas: 3,
            weights: { host: 1 },
            podSpec: {
                securityContext: { runAsUser: 65532 },
                terminationGracePeriodSeconds: 1,
                containers: [container],
            },
        },
        { ...opts, dependsOn: host },
    );
}

/** Where they are in the member. */
export const sleepers = { apiVersion: "apps/v1", kind: "Deployment", name: app, namespace };

export const sleepersIn = ({ parentClient }: ControlPlaneInCluster): Promise<KubeObject[]> =>
    parentClient.list("v1", "Pod", { namespace, labelSelector: `app=${app}` });

export const runningIn = async (controlPlane: ControlPlaneInCluster): Promise<KubeObject[]> =>
    (await sleepersIn(controlPlane)).filter(({ metadata, status }) => {
        const { phase } = status as { phase: string };
        return phase === "Running" && metadata.deletionTimestamp === undefined;
    });
