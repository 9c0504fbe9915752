import type {
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { exemptionFor, type Exemption, optionsOf, schemaOf } from "./configuration";
import { isUnknown, ownedBy } from "./unknown";
import {
    isShown,
    type Resource,
    type ResourceRule,
    type Rule,
    type StackResource,
    type StackRule,
    wholeStack,
} from "./rule";

/** The rule as the engine knows it. */
export function toPolicy(rule: Rule): ResourceValidationPolicy | StackValidationPolicy {
    const policy = {
        name: rule.name,
        description: rule.sentence,
        enforcementLevel: rule.levels.prod,
        severity: rule.severity,
        tags: [rule.id, ...rule.anchors],
        remediationSteps: rule.remedy,
        configSchema: { properties: schemaOf(rule) },
    };
    return "checkStack" in rule
        ? { ...policy, validateStack: stackValidation(rule) }
        : { ...policy, ...resourceValidation(rule) };
}

function resourceValidation(rule: ResourceRule) {
    const validateResource = (args: ResourceValidationArgs, report: ReportViolation): void => {
        if (!rule.types.includes(args.type)) {
            args.notApplicable(`It is for ${rule.types.join(", ")}.`);
        }
        const { exemptions, options } = optionsOf(rule, args.getConfig());
        const exemption = exemptionFor(args, exemptions);
        const tell = exemption ? telling(rule, report, exemption) : report;
        withUnknowns(rule, tell, () => rule.check(resourceOf(args), tell, options));
    };
    const [only, ...others] = rule.types;
    return {
        // By this the SDK leaves resources of other types out before it has read their properties.
        validateResource:
            others.length === 0
                ? Object.assign(validateResource, { __pulumiType: only })
                : validateResource,
        ...(rule.remediate && { remediateResource: remediation(rule) }),
    };
}

function remediation(rule: ResourceRule) {
    return (args: ResourceValidationArgs): Record<string, unknown> | undefined => {
        if (!rule.types.includes(args.type)) return undefined;
        const { exemptions, options } = optionsOf(rule, args.getConfig());
        if (exemptionFor(args, exemptions)) return undefined;
        let wrong = false;
        rule.check(resourceOf(args), () => (wrong = true), options);
        if (!wrong) return undefined;
        rule.remediate!({ ...resourceOf(args), props: args.props }, options);
        return args.props;
    };
}

function stackValidation(rule: StackRule) {
    return (args: StackValidationArgs, report: ReportViolation): void => {
        const stack = args.resources
            .filter(({ type }) => isShown(rule, type))
            .map(stackResourceOf)
            .sort(byUrn);
        if (!stack.some(({ type }) => rule.concerns.includes(type))) {
            args.notApplicable(`It is for stacks with ${rule.concerns.join(", ")}.`);
        }
        const { exemptions, options } = optionsOf(rule, args.getConfig());
        const whole: Resource = {
            type: wholeStack,
            name: "stack",
            urn: "",
            props: {},
            protect: false,
        };
        const reportOn = (message: string, resource = whole): void => {
            const exemption = exemptionFor(resource, exemptions);
            const tell = exemption ? telling(rule, report, exemption) : report;
            tell(message, resource.urn || undefined);
        };
        withUnknowns(rule, reportOn, () => rule.checkStack(stack, reportOn, options));
    };
}

type Judged = Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props" | "opts" | "provider">;

function resourceOf({ type, name, urn, props, opts, provider }: Judged): Resource {
    return { type, name, urn, props, protect: opts.protect, provider: provider?.props };
}

function stackResourceOf(resource: PolicyResource): StackResource {
    return {
        ...resourceOf(resource),
        props: ownedBy(resource, resource.props),
        references: (property) =>
            (resource.propertyDependencies[property] ?? []).map(({ urn }) => urn),
    };
}

/** The engine's own order changes from run to run, and so would the messages. */
const byUrn = (one: Resource, other: Resource) => (one.urn < other.urn ? -1 : 1);

/** Left alone, the SDK tells the user that the rule is not decided yet, and the update asks again. */
function withUnknowns(rule: Rule, report: (message: string) => void, check: () => void): void {
    try {
        check();
    } catch (error) {
        if (!isUnknown(error) || rule.unknown !== "refused") throw error;
        report(
            `${error.props.map(String).join(".")} is not known before the update, which would be too late: write it as a literal.`,
        );
    }
}

/** What is exempted stays in sight, as a warning: the SDK takes a level of its own, of which its typings do not tell. */
function telling(rule: Rule, report: ReportViolation, exemption: Exemption): ReportViolation {
    const { until, reason } = exemption;
    return (message, urn) => {
        const violation = {
            message: `${rule.sentence}\nExempted until ${until} (${reason}): ${message}`,
            enforcementLevel: "advisory",
            urn,
        };
        report(violation as unknown as string);
    };
}
