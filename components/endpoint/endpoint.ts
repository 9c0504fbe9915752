import { Attachment } from "@pulumi/aws/autoscaling/attachment";
import { Listener } from "@pulumi/aws/lb/listener";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import { Record } from "@pulumi/aws/route53/record";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../support/after";
import type { Tags } from "../support/amazon";
import { withDefaults } from "../support/givenArgs";
import { refuse } from "../support/refuse";
import { checkEndpoint, endpointDefaults, type EndpointName } from "./endpointChecks";
import { declarePassage } from "./securityGroup";

export interface EndpointDns extends EndpointName {
    readonly zoneId: pulumi.Input<string>;
}

export interface KarmadaEndpointArgs {
    readonly vpcId: pulumi.Input<string>;
    /** In three zones: private ones, or public ones when it faces the internet. */
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Where the nodes are that run the control plane. */
    readonly autoscalingGroupNames: readonly pulumi.Input<string>[];
    /** Security group of those nodes. */
    readonly nodeSecurityGroupId: pulumi.Input<string>;
    /** Ranges from which Karmada's API is reached: of people, and of members that pull. */
    readonly allowedRanges: readonly string[];
    /**
     * Addresses that reach it as well, each under a name of its own, and are known only later: those of
     * a member's NAT gateways.
     */
    readonly allowedAddresses?: { readonly [name: string]: pulumi.Input<string> };
    /**
     * Allows everybody in `allowedRanges`.
     * @default false
     */
    readonly openToTheWorld?: boolean;
    /**
     * Whether it has public addresses. It cannot be changed later: the load balancer, and with it its
     * name, would be replaced.
     * @default false
     */
    readonly internetFacing?: boolean;
    /** @default "karmada-lb" */
    readonly loadBalancerName?: string;
    /**
     * Where clients call, and the control plane's nodePort.
     * @default 32443
     */
    readonly port?: number;
    /**
     * A name of your own, by which clients then call.
     * @default the load balancer's
     */
    readonly dns?: EndpointDns;
    /**
     * Whether AWS refuses to delete the load balancer until this is false again.
     * @default false
     */
    readonly deletionProtection?: boolean;
    readonly tags?: Tags;
}

const planOf = (args: KarmadaEndpointArgs) => withDefaults(endpointDefaults, args);
type EndpointPlan = ReturnType<typeof planOf>;

/**
 * The way to Karmada's API: a network load balancer that is there, and has its name, before Karmada is.
 * It passes TLS through to the API servers.
 */
export class KarmadaEndpoint extends pulumi.ComponentResource {
    /** What clients call, and a certificate is to be made out to. Whoever uses it waits for the way. */
    readonly host: pulumi.Output<string>;
    readonly port: number;
    readonly loadBalancerArn: pulumi.Output<string>;
    /** The load balancer's own name, also where clients use another. */
    readonly loadBalancerHost: pulumi.Output<string>;

    constructor(name: string, args: KarmadaEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
        super("pulumi-karmada-eks:index:KarmadaEndpoint", name, {}, opts);
        const plan = planOf(args);
        refuse(
            this,
            `KarmadaEndpoint "${name}"`,
            checkEndpoint({ ...plan, groups: plan.autoscalingGroupNames.length }),
        );

        const parent = { parent: this };
        const { group, rules } = declarePassage(name, plan, parent);
        const balancer = declareBalancer(name, plan, group.id, parent);
        const targets = declareTargets(name, plan, parent);
        const way = [
            ...rules,
            declareListener(name, plan, balancer, targets, parent),
            ...plan.autoscalingGroupNames.map(
                (autoscalingGroupName, at) =>
                    new Attachment(
                        `${name}-nodes-${at}`,
                        { autoscalingGroupName, lbTargetGroupArn: targets.arn },
                        parent,
                    ),
            ),
            ...(plan.dns ? [declareRecord(name, plan.dns, balancer, parent)] : []),
        ];

        this.port = plan.port;
        this.loadBalancerArn = balancer.arn;
        this.loadBalancerHost = balancer.dnsName;
        this.host = after(plan.dns?.name ?? balancer.dnsName, way);
        this.registerOutputs({
            host: this.host,
            port: this.port,
            loadBalancerArn: this.loadBalancerArn,
            loadBalancerHost: this.loadBalancerHost,
        });
    }
}

function declareBalancer(
    name: string,
    { loadBalancerName, internetFacing, subnetIds, deletionProtection, tags }: EndpointPlan,
    securityGroupId: pulumi.Input<string>,
    opts: pulumi.CustomResourceOptions,
): LoadBalancer {
    return new LoadBalancer(
        `${name}-lb`,
        {
            name: loadBalancerName,
            loadBalancerType: "network",
            internal: !internetFacing,
            ipAddressType: "ipv4",
            subnets: subnetIds,
            securityGroups: [securityGroupId],
            enableCrossZoneLoadBalancing: true,
            enableZonalShift: true,
            enableDeletionProtection: deletionProtection,
            // No access logs: AWS writes them for listeners that end TLS, and this one passes it on.
            tags,
        },
        // Its name is taken as long as the old one is there.
        { ...opts, deleteBeforeReplace: true },
    );
}

function declareTargets(
    name: string,
    { vpcId, port, tags }: EndpointPlan,
    opts: pulumi.CustomResourceOptions,
): TargetGroup {
    return new TargetGroup(
        `${name}-nodes`,
        {
            // Not all of the component's name: six characters are what AWS takes of it.
            namePrefix: "karm-",
            vpcId,
            port,
            protocol: "TCP",
            targetType: "instance",
            // A node that calls its own load balancer would get an answer from a stranger: itself.
            preserveClientIp: "false",
            proxyProtocolV2: false,
            deregistrationDelay: 60,
            healthCheck: {
                enabled: true,
                protocol: "HTTPS",
                port: "traffic-port",
                path: "/readyz",
                matcher: "200",
                interval: 10,
                timeout: 6,
                healthyThreshold: 2,
                unhealthyThreshold: 2,
            },
            tags,
        },
        opts,
    );
}

function declareListener(
    name: string,
    { port, tags }: EndpointPlan,
    balancer: LoadBalancer,
    targets: TargetGroup,
    opts: pulumi.CustomResourceOptions,
): Listener {
    return new Listener(
        `${name}-tcp`,
        {
            loadBalancerArn: balancer.arn,
            // Not TLS: clients prove by certificates who they are, and only to the API server.
            protocol: "TCP",
            port,
            defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
            tags,
        },
        opts,
    );
}

function declareRecord(
    name: string,
    dns: EndpointDns,
    balancer: LoadBalancer,
    opts: pulumi.CustomResourceOptions,
): Record {
    return new Record(
        `${name}-name`,
        {
            zoneId: dns.zoneId,
            name: dns.name,
            type: "A",
            aliases: [
                { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true },
            ],
        },
        opts,
    );
}
