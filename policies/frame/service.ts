import * as grpc from "@grpc/grpc-js";
import * as protoutil from "@pulumi/policy/protoutil";
import type { ConfigureAnalyzerRequest, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { Asking, type Pack } from "./asking";
import { asWritten, withSecretsMarked } from "./asWritten";
import { ResourceMessage, resourcesIn } from "./resourceMessage";
import { type Bag, type Level, wholeStack } from "./rule";

type Handle<Request> = grpc.handleUnaryCall<Request, unknown>;
interface Service {
    readonly configure: Handle<ConfigureAnalyzerRequest>;
    readonly analyze: Handle<Buffer>;
    readonly remediate: Handle<Buffer>;
    readonly analyzeStack: Handle<Buffer>;
}
export type CheckConfiguration = (configuration: Readonly<Record<string, Bag>>) => string[];

const { convertEnforcementLevel } = protoutil as unknown as {
    readonly convertEnforcementLevel: (
        level: (typeof EnforcementLevel)[keyof typeof EnforcementLevel],
    ) => Level;
};

/** Has what the SDK serves from now on go through ours first: it has no other place to put in any of it. */
export function extendService(pack: Pack, check: CheckConfiguration): void {
    const { addService } = grpc.Server.prototype;
    grpc.Server.prototype.addService = function (definition, service) {
        const extended = extend(service as unknown as Service, pack, check);
        return addService.call(
            this,
            { ...definition, ...undecoded(definition, ["analyze", "remediate", "analyzeStack"]) },
            { ...service, ...extended } as typeof service,
        );
    };
}

/** The same calls, with requests as they came, and answers that may be ready to go out. */
function undecoded(definition: grpc.ServiceDefinition, names: readonly string[]) {
    const changed = names.map((name) => {
        const method = definition[name]!;
        return [
            name,
            {
                ...method,
                requestDeserialize: (request: Buffer) => request,
                responseSerialize: (answer: unknown) =>
                    Buffer.isBuffer(answer) ? answer : method.responseSerialize(answer),
            },
        ] as const;
    });
    return Object.fromEntries(changed);
}

function extend(service: Service, pack: Pack, check: CheckConfiguration): Service {
    const written = new Map<string, ResourceMessage>();
    let asking = new Asking(pack, ({ levels }) => levels.prod);
    return {
        /** The whole configuration, before a program runs: each rule is shown its own part only, later. */
        configure(call, callback) {
            const configuration: Record<string, Bag> = {};
            const levels = new Map<string, Level>();
            call.request.getPolicyconfigMap().forEach((config, name) => {
                configuration[name] = (config.getProperties()?.toJavaScript() ?? {}) as Bag;
                levels.set(name, convertEnforcementLevel(config.getEnforcementlevel()));
            });
            const problems = check(configuration);
            if (problems.length > 0) {
                const details = ["the configuration of the policies:", ...problems].join("\n  - ");
                callback({ code: grpc.status.INVALID_ARGUMENT, details });
                return;
            }
            asking = new Asking(pack, (rule) => levels.get(rule.name) ?? rule.levels.prod);
            service.configure(call, callback);
        },
        analyze: unary(async (request) => {
            const resource = new ResourceMessage(request);
            if (asking.isOfUse(resource.type)) written.set(resource.urn, resource);
            const { ask, unasked } = asking.judging(resource.type);
            return ask?.(resource.toSdk()) ?? unasked;
        }),
        remediate: unary(async (request) => {
            const resource = new ResourceMessage(request);
            const { ask, unasked } = asking.remedying(resource.type);
            return ask?.(resource.toSdk()) ?? unasked;
        }),
        /**
         * Rules of the stack, too, judge what the program says. Outputs say more and less: a preview has none while
         * a provider cannot be asked yet, and later Amazon adds to a resource what is declared beside it.
         */
        analyzeStack: unary(async (request) => {
            const resources = resourcesIn(request).filter(({ type }) => asking.isOfUse(type));
            return asking.judgeStack(
                resources.map((resource) => {
                    const { type, urn, properties } = resource;
                    if (type === wholeStack) return resource.toSdk(withSecretsMarked(properties));
                    const inputs = written.get(urn)?.properties;
                    return resource.toSdk(inputs && asWritten(properties, inputs));
                }),
            );
        }),
    };
}

const unary =
    (answer: (request: Buffer) => Promise<unknown>): Handle<Buffer> =>
    (call, callback) => {
        answer(call.request).then(
            (response) => callback(null, response),
            (error: Error) => callback(error),
        );
    };
