import assert from "node:assert/strict";
import type { KubeClient, KubeObject } from "../../../../local/kube";
import { isWell } from "../../../../local/status/ofStack";
import { parentAsText, readParent } from "../../../../local/status/parent";

type Cluster = Readonly<Record<string, readonly object[]>>;

const named = (name: string, facts: object = {}) => ({ metadata: { name }, ...facts });
const condition = (type: string, status: "True" | "False") => ({ conditions: [{ type, status }] });
const zone = { labels: { "topology.kubernetes.io/zone": "eu-central-1a" } };
const node = (status: "True" | "False", spec = {}) => ({
    metadata: { name: "node-1", ...zone },
    spec,
    status: condition("Ready", status),
});

const well: Cluster = {
    Node: [node("True")],
    StorageClass: [named("ebs-sc", { provisioner: "ebs.csi.aws.com" })],
    Service: [
        named("karmada-service-loadbalancer", {
            spec: { type: "NodePort", ports: [{ port: 5443, nodePort: 32443 }] },
        }),
    ],
    Pod: [
        named("etcd-0", { status: { phase: "Running", ...condition("Ready", "True") } }),
        named("snapshot-1", { status: { phase: "Succeeded", ...condition("Ready", "False") } }),
    ],
};

/** Answers lists only. */
const client = (cluster: Cluster) =>
    ({
        list: async (_version: string, kind: string) => cluster[kind] as KubeObject[],
    }) as unknown as KubeClient;

const looked = async (changed: Cluster) => {
    const parent = await readParent(client({ ...well, ...changed }));
    return { parent, isWell: isWell({ members: [], workloads: [], parent }) };
};

describe("the look at the parent cluster [PAR-5]", () => {
    it("shows nodes, storage classes, services and pods in one table", async () => {
        const { parent, isWell } = await looked({});

        assert.equal(isWell, true);
        assert.equal(
            parentAsText(parent),
            [
                "KIND           NAME                           STATE                 PROBLEM",
                "Node           node-1                         eu-central-1a",
                "StorageClass   ebs-sc                         ebs.csi.aws.com",
                "Service        karmada-service-loadbalancer   NodePort 5443:32443",
                "Pod            etcd-0                         Running",
                "Pod            snapshot-1                     Succeeded",
            ].join("\n"),
        );
    });

    const troubles: readonly (readonly [what: string, cluster: Cluster, problem: string])[] = [
        ["a node that is not ready", { Node: [node("False")] }, "not ready"],
        [
            "a node that takes no pods",
            { Node: [node("True", { unschedulable: true })] },
            "takes no pods",
        ],
        ["no node at all", { Node: [] }, "there is none"],
        ["no class of volumes", { StorageClass: [] }, "there is none"],
        ["no pod of Karmada's", { Pod: [] }, "there is none"],
        [
            "a pod that is not ready",
            {
                Pod: [
                    named("etcd-0", {
                        status: { phase: "Running", ...condition("Ready", "False") },
                    }),
                ],
            },
            "not ready",
        ],
        [
            "a pod for which there is no node",
            {
                Pod: [
                    named("etcd-0", {
                        status: { phase: "Pending", ...condition("PodScheduled", "False") },
                    }),
                ],
            },
            "finds no node",
        ],
    ];
    for (const [what, cluster, problem] of troubles) {
        it(`says of ${what} that it is wrong`, async () => {
            const { parent, isWell } = await looked(cluster);

            assert.equal(isWell, false);
            assert.deepEqual(
                parent.flatMap((row) => row.problem ?? []),
                [problem],
            );
        });
    }
});
