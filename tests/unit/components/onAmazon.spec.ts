import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import {
    CostBudget,
    KarmadaBackupStore,
    KarmadaControlPlane,
    KarmadaEndpoint,
    KarmadaParentCluster,
    KarmadaVpc,
    ManagementHost,
} from "../../../components";
import { named, registeredBy } from "../../support/mocks";
import { temporaryFolder } from "../../support/temporary";

describe("the components for Amazon together", () => {
    const definitions = temporaryFolder();
    const definition = {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "one" },
        spec: {},
    };
    writeFileSync(path.join(definitions, "one.yaml"), JSON.stringify(definition));

    /** A whole program: what one component hands on, the next takes. */
    function program() {
        const region = "eu-central-1";
        const admins = ["arn:aws:iam::111122223333:role/platform"];
        const network = new KarmadaVpc("net", { region });
        const { vpcId, privateSubnetIds } = network;
        const parent = new KarmadaParentCluster("parent", {
            region,
            vpcId,
            subnetIds: privateSubnetIds,
            admins,
        });
        const endpoint = new KarmadaEndpoint("entrance", {
            vpcId,
            subnetIds: privateSubnetIds,
            autoscalingGroupNames: parent.autoscalingGroupNames,
            nodeSecurityGroupId: parent.securityGroupId,
            allowedRanges: ["10.0.0.0/8"],
        });
        const store = new KarmadaBackupStore("backup", {
            region,
            clusterName: parent.clusterName,
        });
        new ManagementHost("host", {
            region,
            vpcId,
            subnetId: privateSubnetIds[0]!,
            clusterName: parent.clusterName,
            clusterArn: parent.clusterArn,
            clusterSecurityGroupId: parent.securityGroupId,
        });
        new CostBudget("cost", { monthlyLimit: 500, addresses: ["platform@example.com"] });
        return new KarmadaControlPlane("karmada", {
            kubeconfig: parent.kubeconfig,
            endpoint: { host: endpoint.host, port: endpoint.port },
            etcd: { storageClassName: "ebs-sc" },
            backup: { bucket: store.bucket, region },
            definitions,
        });
    }

    it("show every resource in a first preview, when nothing is known yet", async function () {
        this.timeout(120_000);
        const { all } = await registeredBy(program, {
            preview: true,
            answers: () => ({ accountId: "111122223333" }),
        });
        const identities = all.map(({ type, name }) => `${type} ${name}`);
        assert.equal(new Set(identities).size, all.length);
        assert.equal(named(all, "kubernetes:apps/v1:Deployment").length, 6);
        assert.equal(named(all, "aws:lb/loadBalancer:LoadBalancer").length, 1);
        assert.equal(named(all, "aws:eks/nodeGroup:NodeGroup").length, 1);
    });
});
