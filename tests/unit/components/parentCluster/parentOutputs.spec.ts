import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KarmadaParentCluster } from "../../../../components";
import { readKubeconfig } from "../../../../components/support/kubeconfig";
import { bothModes, registeredBy, valueOf } from "../../../support/mocks";
import { authority, autoscaling, declared } from "./declaredParent";

describe("what the parent cluster hands on", () => {
    it("is a kubeconfig in which nothing changes by itself, and no credential is", async () => {
        const { result } = await declared();
        const text = (await valueOf(result.kubeconfig))!;
        assert.deepEqual(readKubeconfig(text), {
            access: { server: "https://0123.eks.amazonaws.com", caCertPem: "CERTIFICATE" },
        });
        const { users } = JSON.parse(text);
        assert.deepEqual(users, [
            {
                name: "karmada-parent",
                user: {
                    exec: {
                        apiVersion: "client.authentication.k8s.io/v1beta1",
                        command: "aws",
                        args: [
                            "eks",
                            "get-token",
                            "--cluster-name",
                            "karmada-parent",
                            "--region",
                            "eu-central-1",
                            "--output",
                            "json",
                        ],
                        interactiveMode: "Never",
                    },
                },
            },
        ]);
        assert.equal(await valueOf((await declared()).result.kubeconfig), text);
    });

    it("is what a load balancer and other roles need", async () => {
        const { result } = await declared();
        assert.equal(await valueOf(result.clusterName), "karmada-parent");
        assert.match((await valueOf(result.clusterArn))!, /:cluster\/karmada-parent$/);
        assert.equal(await valueOf(result.securityGroupId), "sg-1");
        assert.deepEqual(await Promise.all(result.autoscalingGroupNames.map(valueOf)), [
            "eks-parent-nodes",
        ]);
        assert.equal(await valueOf(result.oidcProviderArn), "");
    });
});

describe("KarmadaParentCluster of an existing cluster", () => {
    const existing = { clusterName: "mine", nodeGroups: ["one", "two"] };
    const found = (token: string, inputs: Readonly<Record<string, unknown>>) =>
        token.includes("getNodeGroup")
            ? {
                  resources: autoscaling(String(inputs.nodeGroupName)),
                  nodeRoleArn: `arn:aws:iam::111122223333:role/${inputs.nodeGroupName}`,
              }
            : {
                  name: inputs.name,
                  arn: `arn:aws:eks:eu-central-1:111122223333:cluster/${inputs.name}`,
                  status: "ACTIVE",
                  endpoint: "https://mine.eks.amazonaws.com",
                  certificateAuthorities: [authority],
                  accessConfigs: [{ authenticationMode: "API" }],
                  vpcConfig: { clusterSecurityGroupId: "sg-mine" },
              };

    for (const { mode, preview } of bothModes) {
        it(`makes nothing, and hands on the same, in ${mode}`, async () => {
            const { all, result } = await registeredBy(
                () => new KarmadaParentCluster("parent", { region: "eu-central-1", existing }),
                { preview, answers: found },
            );
            assert.equal(all.length, 1);
            assert.equal(await pulumi.isSecret(result.kubeconfig), true);
            assert.match((await valueOf(result.kubeconfig))!, /https:\/\/mine\.eks/);
            assert.equal(await valueOf(result.securityGroupId), "sg-mine");
            assert.deepEqual(await Promise.all(result.autoscalingGroupNames.map(valueOf)), [
                "eks-one",
                "eks-two",
            ]);
        });
    }

    it("refuses a cluster that does not work yet", async () => {
        const creating = (token: string, inputs: Readonly<Record<string, unknown>>) => ({
            ...found(token, inputs),
            status: "CREATING",
        });
        await assert.rejects(
            registeredBy(
                () => new KarmadaParentCluster("parent", { region: "eu-central-1", existing }),
                { answers: creating },
            ),
            /existing\.clusterName is "mine", which is CREATING; wait until it is ACTIVE/,
        );
    });
});
