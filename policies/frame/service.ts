import * as grpc from "@grpc/grpc-js";
import * as proxy from "@pulumi/policy/proxy";
import type {
    AnalyzeRequest,
    AnalyzeStackRequest,
    ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Bag, secretOutputs, wholeStack } from "./rule";

type Handle<Request> = grpc.handleUnaryCall<Request, unknown>;
interface Service {
    readonly configure: Handle<ConfigureAnalyzerRequest>;
    readonly analyze: Handle<AnalyzeRequest>;
    readonly analyzeStack: Handle<AnalyzeStackRequest>;
}
export type CheckConfiguration = (configuration: Readonly<Record<string, Bag>>) => string[];

/** Has what the SDK serves from now on go through ours first: it has no other place to put in either of the two. */
export function extendService(check: CheckConfiguration): void {
    const { addService } = grpc.Server.prototype;
    grpc.Server.prototype.addService = function (definition, service) {
        const extended = extend(service as unknown as Service, check);
        return addService.call(this, definition, { ...service, ...extended } as typeof service);
    };
}

function extend(service: Service, check: CheckConfiguration): Service {
    const inputs = new Map<string, Struct>();
    return {
        /** The whole configuration, before a program runs: each rule is shown its own part only, later. */
        configure(call, callback) {
            const configuration: Record<string, Bag> = {};
            call.request.getPolicyconfigMap().forEach((config, name) => {
                configuration[name] = (config.getProperties()?.toJavaScript() ?? {}) as Bag;
            });
            const problems = check(configuration);
            if (problems.length === 0) return service.configure(call, callback);
            const details = ["the configuration of the policies:", ...problems].join("\n  - ");
            callback({ code: grpc.status.INVALID_ARGUMENT, details });
        },
        analyze(call, callback) {
            inputs.set(call.request.getUrn(), call.request.getProperties()!);
            return service.analyze(call, callback);
        },
        /**
         * Rules of the stack, too, judge what the program says. Outputs say more and less: a preview has none while
         * a provider cannot be asked yet, and later Amazon adds to a resource what is declared beside it.
         */
        analyzeStack(call, callback) {
            for (const resource of call.request.getResourcesList()) {
                if (resource.getType() === wholeStack) {
                    markSecrets(resource.getProperties()!);
                    continue;
                }
                const written = inputs.get(resource.getUrn());
                if (written) asWritten(resource.getProperties()!, written);
            }
            return service.analyzeStack(call, callback);
        },
    };
}

const unknowns = new Set(
    Object.entries(proxy as Readonly<Record<string, unknown>>)
        .filter(([name]) => name.startsWith("unknown"))
        .map(([, marker]) => marker),
);

/** What comes out of a resource and rules need: by what others refer to it, and until when it holds. */
const results = ["id", "arn", "validityEndTime", "ledger"];

function asWritten(outputs: Struct, written: Struct): void {
    const shown = outputs.getFieldsMap();
    const said = written.getFieldsMap();
    for (const [name] of [...shown.getEntryList()]) {
        if (!said.has(name) && !results.includes(name)) shown.del(name);
    }
    said.forEach((value, name) => {
        if (!shown.has(name) || !unknowns.has(value.getStringValue())) shown.set(name, value);
    });
}

/** The SDK takes the wrapping off secrets, and nobody could tell them from the rest. */
function markSecrets(outputs: Struct): void {
    const fields = outputs.getFieldsMap();
    const secrets: string[] = [];
    fields.forEach((value, name) => {
        const signature = value.getStructValue()?.getFieldsMap().get(specialSigKey);
        if (signature?.getStringValue() === specialSecretSig) secrets.push(name);
    });
    const marked = Struct.fromJavaScript({ [secretOutputs]: secrets });
    fields.set(secretOutputs, marked.getFieldsMap().get(secretOutputs)!);
}
