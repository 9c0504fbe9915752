import * as assert from "node:assert/strict";
import { Vpc } from "@pulumi/awsx/ec2/vpc";
import { Cluster } from "@pulumi/eks/cluster";
import { planned } from "./support/changes";
import { Simulation } from "./support/simulation";

type Strategy = "None" | "Single" | "OnePerAz";

const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const ranges = (third: number) => [0, 1, 2].map((zone) => `10.0.${third + zone}.0/24`);

/** How many of each type. */
function countOf(resources: readonly string[] = []): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const type of resources.map((resource) => resource.split(" ")[0]!)) {
        counts[type] = (counts[type] ?? 0) + 1;
    }
    return counts;
}

describe("the simulated components of Pulumi's", function () {
    this.timeout(300_000);
    const simulation = new Simulation();

    it("make the network that awsx makes, whatever its NAT gateways", async () => {
        let strategy: Strategy = "None";
        const stack = await simulation.stack(async () => {
            new Vpc("net", {
                cidrBlock: "10.0.0.0/16",
                availabilityZoneNames: zones,
                natGateways: { strategy },
                subnetStrategy: "Auto",
                subnetSpecs: [
                    { type: "Public", cidrBlocks: ranges(0) },
                    { type: "Private", cidrBlocks: ranges(10) },
                ],
            });
        });
        const always = {
            Vpc: 2,
            InternetGateway: 1,
            Subnet: 6,
            RouteTable: 6,
            RouteTableAssociation: 6,
        };
        const expected: Record<Strategy, Record<string, number>> = {
            None: { ...always, Route: 3 },
            Single: { ...always, Route: 6, Eip: 1, NatGateway: 1 },
            OnePerAz: { ...always, Route: 6, Eip: 3, NatGateway: 3 },
        };
        for (strategy of ["None", "Single", "OnePerAz"] as const) {
            const { create } = await planned(stack);
            assert.deepEqual(sorted(countOf(create)), sorted(expected[strategy]), strategy);
        }
    });

    it("make the cluster that eks makes when nodes and add-ons are left to others", async () => {
        const stack = await simulation.stack(async () => {
            new Cluster("c", {
                authenticationMode: "API",
                skipDefaultNodeGroup: true,
                skipDefaultSecurityGroups: true,
                createInstanceRole: false,
                createOidcProvider: true,
                useDefaultVpcCni: true,
                corednsAddonOptions: { enabled: false },
                kubeProxyAddonOptions: { enabled: false },
            });
        });

        assert.deepEqual((await planned(stack)).create, [
            "Cluster c",
            "Cluster c-eksCluster",
            "OpenIdConnectProvider c-oidcProvider",
            "Role c-eksRole-role",
            "RolePolicyAttachment c-eksRole-4b490823",
            "ServiceRole c-eksRole",
            "kubernetes c-eks-k8s",
        ]);
    });
});

const sorted = (counts: Record<string, number>) => Object.entries(counts).sort();
