import type {
    PolicyResource,
    ResourceValidationPolicy,
    StackValidationPolicy,
} from "@pulumi/policy";
import * as proxy from "@pulumi/policy/proxy";
import { toPolicy } from "../../../policies/frame/policy";
import { isUnknown } from "../../../policies/frame/unknown";
import type { Rule } from "../../../policies/frame/rule";

/** A resource as a test writes it down. */
export interface Sample {
    type: string;
    // Tests change it as they like.
    props: Writable;
    protect?: boolean;
    providerProps?: Writable;
    /** Names of the samples that a property is made of. */
    madeOf?: Record<string, string[]>;
}
export type Writable = { [key: string]: Value };
type Value = string | number | boolean | null | undefined | Value[] | Writable;
export type Samples = Record<string, Sample>;

export interface Verdict {
    readonly violations: readonly string[];
    /** Resources, or the whole stack, that the rule said nothing about. */
    readonly notApplicable: readonly string[];
    /** What would be violations, were it not exempted. */
    readonly exempted: readonly string[];
    /** What the rule would have had to know. */
    readonly undecided: readonly string[];
}

const internals = proxy as unknown as {
    readonly unknownCheckingProxy: (props: object) => Record<string, unknown>;
    readonly unknownStringValue: string;
    /** By this key a proxy gives what is behind it. */
    readonly getSpecialProxyTarget: string;
};

/** What stands in a preview for a value that the update will know. */
export const unknown = internals.unknownStringValue;

class NotApplicable extends Error {}

const urnOf = (name: string) => `urn:pulumi:test::test::${name}`;

/** Asks the rule as the engine would, by the SDK's own shape of a policy. */
export function judge(rule: Rule, samples: Samples, config: object = {}): Verdict {
    const violations: string[] = [];
    const notApplicable: string[] = [];
    const undecided: string[] = [];
    const exempted: string[] = [];
    /** Violations at a level of their own come as an object. */
    const note = (said: string | { message: string; enforcementLevel: string }, urn: string) => {
        if (typeof said === "string") violations.push(`${urn}: ${said}`);
        else if (said.enforcementLevel === "advisory") exempted.push(said.message);
        else throw new Error(`level ${said.enforcementLevel}`);
    };
    const common = {
        stackTags: new Map<string, string>(),
        getConfig: <T extends object>() => config as T,
        notApplicable: (reason?: string): never => {
            throw new NotApplicable(reason);
        },
    };
    const attempt = (check: () => void) => {
        try {
            check();
        } catch (error) {
            if (error instanceof NotApplicable) notApplicable.push(error.message);
            else if (isUnknown(error)) undecided.push(error.message);
            else throw error;
        }
    };
    const resources = Object.entries(samples).map(([name, sample]) => asResource(name, sample));
    const policy = toPolicy(rule);
    if ("checkStack" in rule) {
        for (const [index, sample] of Object.values(samples).entries()) {
            for (const [property, names] of Object.entries(sample.madeOf ?? {})) {
                resources[index]!.propertyDependencies[property] = resources.filter(({ name }) =>
                    names.includes(name),
                );
            }
        }
        attempt(() =>
            (policy as StackValidationPolicy).validateStack(
                { ...common, resources },
                (message, urn) => note(message, urn ?? "stack"),
            ),
        );
    } else {
        const { validateResource } = policy as ResourceValidationPolicy;
        for (const resource of resources) {
            attempt(() => {
                if (typeof validateResource !== "function") throw new Error("no validation");
                void validateResource({ ...common, ...resource } as never, (message) =>
                    note(message, resource.urn),
                );
            });
        }
    }
    return { violations, notApplicable, exempted, undecided };
}

function asResource(name: string, sample: Sample): PolicyResource {
    const { type, props, protect = false, providerProps } = sample;
    return {
        type,
        name,
        urn: urnOf(name),
        props: internals.unknownCheckingProxy(props),
        opts: {
            protect,
            ignoreChanges: [],
            aliases: [],
            customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
            additionalSecretOutputs: [],
        },
        ...(providerProps && {
            provider: { type: "", name: "", urn: "", props: providerProps },
        }),
        dependencies: [],
        propertyDependencies: {},
        isType: () => false,
        asType: () => undefined,
    };
}

/** The resource as the engine makes it when the rule is at the level "remediate". */
export function remedied(rule: Rule, sample: Sample, config: object = {}): Sample {
    const { remediateResource } = toPolicy(rule) as ResourceValidationPolicy;
    const args = { ...asResource("one", structuredClone(sample)), getConfig: () => config };
    const props = remediateResource!(args as never) as Record<string, unknown> | undefined;
    return props === undefined
        ? sample
        : { ...sample, props: props[internals.getSpecialProxyTarget] as Writable };
}
