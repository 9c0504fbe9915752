import { at, forEachAt, listAt, textAt } from "../../frame/read";
import { levels, resourceRule, type Report } from "../../frame/rule";
import { ingressRule, isEverybody, securityGroup, securityGroupRule } from "../../subjects/amazon";

interface Opening {
    readonly path: string;
    readonly ranges: readonly unknown[];
    readonly from: unknown;
    readonly to: unknown;
    readonly protocol: unknown;
}

const everyProtocol = ["-1", "all", -1];

export const noOpenPorts = resourceRule({
    id: "VPC-06",
    name: "no-open-ports",
    sentence:
        "The whole internet reaches no port of administration, etcd, Kubernetes or its nodes.",
    severity: "critical",
    anchors: ["Trivy AWS-0107", "Checkov CKV_AWS_24", "Checkov CKV_AWS_25", "Security Hub EC2.13"],
    remedy: "Name the ranges of those who need it; reach machines through Session Manager.",
    levels: levels.always,
    options: {
        ports: {
            schema: {
                type: "array",
                items: { type: "integer", minimum: 1, maximum: 65535 },
                description: "Ports that are not for everybody.",
            },
            default: [22, 3389, 2379, 2380, 5443, 10250],
        },
    },
    unknown: "later",
    types: [securityGroup, securityGroupRule, ingressRule],
    check({ type, props }, report, { ports }) {
        if (type === securityGroup) {
            forEachAt(props, ["ingress"], (rule, index) =>
                judge(opening(rule, `ingress[${index}].`), ports, report),
            );
        } else if (type === ingressRule) {
            const ranges = ["cidrIpv4", "cidrIpv6"].map((key) => at(props, key));
            judge({ ...opening(props, ""), path: "cidrIpv4", ranges }, ports, report);
        } else if (textAt(props, "type") === "ingress") {
            judge(opening(props, ""), ports, report);
        }
    },
});

function opening(rule: unknown, path: string): Opening {
    return {
        path: `${path}cidrBlocks`,
        ranges: ["cidrBlocks", "ipv6CidrBlocks"].flatMap((key) => listAt(rule, key)),
        from: at(rule, "fromPort"),
        to: at(rule, "toPort"),
        protocol: at(rule, "protocol") ?? at(rule, "ipProtocol"),
    };
}

function judge(
    { path, ranges, from, to, protocol }: Opening,
    ports: readonly number[],
    report: Report,
): void {
    const range = ranges.find(isEverybody);
    if (range === undefined) return;
    const all = everyProtocol.includes(protocol as string);
    const open = ports.filter(
        (port) =>
            all ||
            (typeof from === "number" && typeof to === "number" && from <= port && port <= to),
    );
    if (open.length > 0) {
        report(
            `${path} has ${String(range)}, which opens ${open.join(", ")}: name narrower ranges.`,
        );
    }
}
