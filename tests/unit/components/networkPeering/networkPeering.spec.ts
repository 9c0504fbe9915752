import assert from "node:assert/strict";
import { NetworkPeering, type NetworkPeeringArgs } from "../../../../components";
import { bothModes, named, one, registeredBy } from "../../../support/mocks";

const args: NetworkPeeringArgs = {
    one: {
        region: "eu-central-1",
        vpcId: "vpc-1",
        cidr: "10.0.0.0/16",
        routeTableIds: ["routes-a", "routes-b"],
    },
    other: {
        region: "us-east-1",
        vpcId: "vpc-2",
        cidr: "10.1.0.0/16",
        routeTableIds: ["routes-c"],
    },
    tags: { team: "platform" },
};

describe("NetworkPeering", () => {
    for (const { mode, preview } of bothModes) {
        it(`joins two networks, each end in its Region (${mode})`, async () => {
            const { all } = await registeredBy(() => new NetworkPeering("both", args), { preview });
            const connection = all.find(({ type }) => type.endsWith(":VpcPeeringConnection"))!;
            assert.deepEqual(
                { ...connection.inputs },
                {
                    region: "eu-central-1",
                    vpcId: "vpc-1",
                    peerVpcId: "vpc-2",
                    peerRegion: "us-east-1",
                    tags: { team: "platform", Name: "both" },
                },
            );
            const accepter = all.find(({ type }) =>
                type.endsWith(":VpcPeeringConnectionAccepter"),
            )!;
            assert.equal(accepter.inputs.region, "us-east-1");
            assert.equal(accepter.inputs.autoAccept, true);
        });
    }

    it("leads from each route table to the other network", async () => {
        const { all } = await registeredBy(() => new NetworkPeering("both", args));
        const route = (name: string) => {
            const { region, routeTableId, destinationCidrBlock } = one(all, name).inputs;
            return [region, routeTableId, destinationCidrBlock];
        };
        assert.deepEqual(named(all, "aws:ec2/route:Route").map(route), [
            ["us-east-1", "routes-c", "10.0.0.0/16"],
            ["eu-central-1", "routes-a", "10.1.0.0/16"],
            ["eu-central-1", "routes-b", "10.1.0.0/16"],
        ]);
    });

    it("names no Region of the other end within one, where AWS accepts at once", async () => {
        const other = { ...args.other, region: "eu-central-1" };
        const { all } = await registeredBy(() => new NetworkPeering("both", { ...args, other }));
        const { inputs } = all.find(({ type }) => type.endsWith(":VpcPeeringConnection"))!;
        assert.equal(inputs.peerRegion, undefined);
    });

    it("refuses everything that is wrong at once, before its first resource", async () => {
        const bad = {
            one: { ...args.one, routeTableIds: [] },
            other: { ...args.other, region: "us-east-9", cidr: "10.0.128.0/17" },
        };
        const { all } = await registeredBy(() =>
            assert.throws(() => new NetworkPeering("both", bad), {
                message: [
                    'NetworkPeering "both":',
                    "  - one.routeTableIds is empty, and so nothing finds the way; name those of the private subnets.",
                    '  - other.region is "us-east-9", which is no Region with Amazon EKS; did you mean "us-east-1"?',
                    '  - other.cidr is "10.0.128.0/17", which overlaps one.cidr, "10.0.0.0/16"; nothing could tell where its addresses are.',
                ].join("\n"),
            }),
        );
        assert.deepEqual(
            all.map(({ type }) => type),
            ["pulumi-karmada-eks:index:NetworkPeering"],
        );
    });
});
