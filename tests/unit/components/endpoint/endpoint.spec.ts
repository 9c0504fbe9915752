import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KarmadaEndpoint, type KarmadaEndpointArgs } from "../../../../components";
import { bothModes, one, type Registered, registeredBy, valueOf } from "../../../support/mocks";
import { untagged } from "../../../support/tags";

const host = "karmada-lb-0123.elb.eu-central-1.amazonaws.com";
const outputs = ({ type, name }: Registered): Record<string, unknown> => ({
    arn: `arn:${name}`,
    ...(type === "aws:lb/loadBalancer:LoadBalancer" ? { dnsName: host, zoneId: "ZLB" } : {}),
});

const args: KarmadaEndpointArgs = {
    vpcId: "vpc-1",
    subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
    autoscalingGroupNames: ["eks-nodes"],
    nodeSecurityGroupId: "sg-nodes",
    allowedRanges: ["10.0.0.0/8", "203.0.113.0/24"],
};
const dns = { zoneId: "Z1", zone: "example.com", name: "karmada.example.com" };

const declared = (more: Partial<KarmadaEndpointArgs> = {}, preview = false) =>
    registeredBy(() => new KarmadaEndpoint("karmada", { ...args, ...more }), {
        preview,
        outputs: preview ? () => ({}) : outputs,
    });
const inputsOf = (all: readonly Registered[], type: string) =>
    all.find((each) => each.type.endsWith(`:${type}`))!.inputs;

describe("KarmadaEndpoint [LB-1]", () => {
    for (const { mode, preview } of bothModes) {
        it(`declares exactly these resources in ${mode}`, async () => {
            const { all } = await declared({ dns }, preview);
            assert.deepEqual(all.map(({ type, name }) => `${type} ${name}`).sort(), [
                "aws:autoscaling/attachment:Attachment karmada-nodes-0",
                "aws:ec2/securityGroup:SecurityGroup karmada-lb",
                "aws:lb/listener:Listener karmada-tcp",
                "aws:lb/loadBalancer:LoadBalancer karmada-lb",
                "aws:lb/targetGroup:TargetGroup karmada-nodes",
                "aws:route53/record:Record karmada-name",
                "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule karmada-to-nodes",
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule karmada-at-nodes",
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule karmada-from-10.0.0.0/8",
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule karmada-from-203.0.113.0/24",
                "pulumi-karmada-eks:index:KarmadaEndpoint karmada",
            ]);
        });
    }

    it("spans zones, faces the network only, and can be deleted, unless told otherwise", async () => {
        const balancer = {
            name: "karmada-lb",
            loadBalancerType: "network",
            internal: true,
            ipAddressType: "ipv4",
            subnets: ["subnet-a", "subnet-b", "subnet-c"],
            securityGroups: ["karmada-lb-id"],
            enableCrossZoneLoadBalancing: true,
            enableZonalShift: true,
            enableDeletionProtection: false,
            tags: {},
        };
        const { all } = await declared();
        assert.deepEqual(inputsOf(all, "LoadBalancer"), balancer);
        const other = await declared({
            internetFacing: true,
            deletionProtection: true,
            loadBalancerName: "other",
        });
        assert.deepEqual(inputsOf(other.all, "LoadBalancer"), {
            ...balancer,
            name: "other",
            internal: false,
            enableDeletionProtection: true,
        });
    });

    it("passes TLS through to nodes whose API server is ready", async () => {
        const { all } = await declared();
        assert.deepEqual(inputsOf(all, "Listener"), {
            loadBalancerArn: "arn:karmada-lb",
            protocol: "TCP",
            port: 32443,
            defaultActions: [{ type: "forward", targetGroupArn: "arn:karmada-nodes" }],
            tags: {},
        });
        const { healthCheck, ...targets } = inputsOf(all, "TargetGroup");
        assert.deepEqual(targets, {
            namePrefix: "karm-",
            vpcId: "vpc-1",
            port: 32443,
            protocol: "TCP",
            targetType: "instance",
            preserveClientIp: "false",
            proxyProtocolV2: false,
            deregistrationDelay: 60,
            tags: {},
        });
        assert.deepEqual(healthCheck, {
            enabled: true,
            protocol: "HTTPS",
            port: "traffic-port",
            path: "/readyz",
            matcher: "200",
            interval: 10,
            timeout: 6,
            healthyThreshold: 2,
            unhealthyThreshold: 2,
        });
    });

    it("finds the nodes of every group, whoever replaces them", async () => {
        const { all } = await declared({ autoscalingGroupNames: ["a", pulumi.output("b")] });
        const found = all.filter(({ type }) => type.endsWith(":Attachment"));
        assert.deepEqual(
            found.map(({ inputs }) => [inputs.autoscalingGroupName, inputs.lbTargetGroupArn]),
            [
                ["a", "arn:karmada-nodes"],
                ["b", "arn:karmada-nodes"],
            ],
        );
    });

    it("is called by the load balancer's name, or by one of yours", async () => {
        const own = (await declared()).result;
        assert.equal(await valueOf(own.host), host);
        assert.equal(own.port, 32443);
        const { all, result } = await declared({ dns });
        assert.equal(await valueOf(result.host), "karmada.example.com");
        assert.equal(await valueOf(result.loadBalancerHost), host);
        assert.deepEqual(one(all, "karmada-name").inputs, {
            zoneId: "Z1",
            name: "karmada.example.com",
            type: "A",
            aliases: [{ name: host, zoneId: "ZLB", evaluateTargetHealth: true }],
        });
    });
});

describe("security groups of KarmadaEndpoint [LB-2]", () => {
    const rule = ({ inputs }: Registered) => [
        inputs.securityGroupId,
        inputs.cidrIpv4 ?? inputs.referencedSecurityGroupId,
        inputs.fromPort,
        inputs.toPort,
        inputs.ipProtocol,
    ];

    it("let addresses in that are known only later [MEM-2]", async () => {
        const allowedAddresses = { "one-nat-1": pulumi.output("198.51.100.7") };
        const { all } = await declared({ allowedAddresses });
        const { cidrIpv4, description } = one(all, "karmada-from-one-nat-1").inputs;
        assert.equal(cidrIpv4, "198.51.100.7/32");
        assert.equal(description, "Clients of Karmada behind one-nat-1");
    });

    it("let the listed ranges in, and through to the nodes, on one port", async () => {
        const { all } = await declared({ port: 31443 });
        const rules = all.filter(({ type }) => type.endsWith("Rule"));
        assert.deepEqual(rules.map(rule), [
            ["karmada-lb-id", "10.0.0.0/8", 31443, 31443, "tcp"],
            ["karmada-lb-id", "203.0.113.0/24", 31443, 31443, "tcp"],
            ["karmada-lb-id", "sg-nodes", 31443, 31443, "tcp"],
            ["sg-nodes", "karmada-lb-id", 31443, 31443, "tcp"],
        ]);
        assert.ok(rules.every(({ inputs }) => inputs.description));
    });

    it("have no rules within, which would undo those beside", async () => {
        const { ingress, egress } = inputsOf((await declared()).all, "SecurityGroup");
        assert.deepEqual([ingress, egress], [undefined, undefined]);
    });
});

describe("tags", () => {
    it("are on everything that can be tagged", async () => {
        const { all } = await declared({ dns, tags: { team: "platform" } });
        assert.deepEqual(untagged(all, "team"), []);
    });
});

describe("bad arguments of KarmadaEndpoint", () => {
    it("are told at once, before its first resource", async () => {
        let error: unknown;
        const { all } = await registeredBy(() => {
            try {
                new KarmadaEndpoint("karmada", {
                    ...args,
                    autoscalingGroupNames: [],
                    allowedRanges: ["0.0.0.0/0"],
                    port: 443,
                    dns: { ...dns, name: "example.org" },
                });
            } catch (thrown) {
                error = thrown;
            }
        });
        assert.ok(error instanceof pulumi.ResourceError);
        const said = [...error.message.matchAll(/^ {2}- (\S+)/gm)].map((match) => match[1]);
        assert.deepEqual(said, ["port", "autoscalingGroupNames", "allowedRanges[0]", "dns.name"]);
        assert.equal(all.length, 1);
    });
});
