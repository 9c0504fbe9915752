import assert from "node:assert/strict";
import { planTeardown } from "../../../../local/teardown/plan";
import { type StateResource, withoutSeals } from "../../../../local/teardown/state";

const stack = "urn:pulumi:prod::p::pulumi:pulumi:Stack::p-prod";
const parent = "urn:pulumi:prod::p::pulumi-karmada-eks:index:KarmadaParentCluster::parent";
const endpoint = "urn:pulumi:prod::p::pulumi-karmada-eks:index:KarmadaEndpoint::api";

const component = (urn: string): StateResource => ({
    urn,
    type: urn.split("::")[2]!,
    parent: stack,
});

const resource = (
    type: string,
    name: string,
    facts: Partial<StateResource> = {},
): StateResource => ({
    urn: `urn:pulumi:prod::p::${type}::${name}`,
    type,
    id: `${name}-id`,
    parent,
    ...facts,
});

const state = (...resources: StateResource[]): StateResource[] => [
    { urn: stack, type: "pulumi:pulumi:Stack" },
    component(parent),
    component(endpoint),
    ...resources,
];

describe("what a teardown takes, leaves and cannot take [END-1]", () => {
    it("counts what goes by the parts of the stack", () => {
        const { goes } = planTeardown(
            state(
                resource("aws:eks/cluster:Cluster", "cluster"),
                resource("aws:eks/addon:Addon", "addon"),
                resource("aws:lb/loadBalancer:LoadBalancer", "lb", { parent: endpoint }),
                resource("kubernetes:core/v1:Namespace", "shop", { parent: stack }),
            ),
        );

        assert.deepEqual(goes, [
            { name: "parent", kind: "KarmadaParentCluster", resources: 2 },
            { name: "api", kind: "KarmadaEndpoint", resources: 1 },
            { name: "shop", kind: "Namespace", resources: 1 },
        ]);
    });

    it("counts neither what was looked up nor the engine's own", () => {
        const { goes, stays } = planTeardown(
            state(
                resource("aws:ec2/vpc:Vpc", "found", { external: true }),
                resource("pulumi:providers:aws", "provider"),
            ),
        );

        assert.deepEqual([goes, stays], [[], []]);
    });

    it("lists what stays, with ids: what is kept, and keys until AWS deletes them", () => {
        const { goes, stays } = planTeardown(
            state(
                resource("aws:s3/bucket:Bucket", "snapshots", { retainOnDelete: true }),
                resource("aws:kms/key:Key", "key", { inputs: { deletionWindowInDays: 7 } }),
                resource("aws:cloudwatch/logGroup:LogGroup", "logs", {
                    inputs: { skipDestroy: true },
                }),
            ),
        );

        assert.deepEqual(
            stays.map(({ what, id, why }) => `${what} (${id}): ${why}`),
            [
                "Bucket snapshots (snapshots-id): the stack keeps it",
                "Key key (key-id): AWS deletes it after 7 days; until then it can be kept",
                "LogGroup logs (logs-id): the stack keeps it",
            ],
        );
        assert.equal(goes[0]!.resources, 2);
    });

    it("names everything that Pulumi or AWS protects, and the key that lifts it", () => {
        const { obstacles } = planTeardown(
            state(
                resource("aws:eks/cluster:Cluster", "cluster", {
                    protect: true,
                    inputs: { deletionProtection: true },
                }),
                resource("aws:lb/loadBalancer:LoadBalancer", "lb", {
                    inputs: { enableDeletionProtection: true },
                }),
                resource("aws:s3/bucket:Bucket", "snapshots", {
                    protect: true,
                    retainOnDelete: true,
                }),
            ),
        );

        assert.deepEqual(
            obstacles.map(({ what, remedy }) => `${what}: ${remedy.replace(/ \(where.*\)/, "")}`),
            [
                "Cluster cluster is protected by Pulumi: take its part out of protect",
                "Cluster cluster is protected by AWS: set deletionProtection to false: under parent, or a member's newCluster",
                "LoadBalancer lb is protected by AWS: set deletionProtection to false under endpoint",
                "Bucket snapshots is protected by Pulumi: take its part out of protect",
            ],
        );
    });

    it("reads secrets of an exported state", () => {
        const sealed = { "4dabf18193072939515e22adb298388d": "1b47", plaintext: '"the text"' };
        const inputs = { kubeconfig: sealed, host: "h" };

        assert.deepEqual(withoutSeals(resource("t", "n", { inputs })).inputs, {
            kubeconfig: "the text",
            host: "h",
        });
    });
});
