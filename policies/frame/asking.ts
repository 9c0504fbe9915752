import type * as grpc from "@grpc/grpc-js";
import type { Policy } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import {
    AnalyzeResponse,
    type AnalyzerResource,
    type AnalyzeStackRequest,
    PolicyNotApplicable,
    RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { toPolicy } from "./policy";
import { isShown, type Level, type ResourceRule, type Rule, type StackRule } from "./rule";

type Handler<Request, Response> = grpc.handleUnaryCall<Request, Response>;
type Make<Request, Response> = (
    pack: string,
    version: string,
    level: Level,
    policies: readonly Policy[],
) => Handler<Request, Response>;

/** By these the SDK judges with the policies it is given, all of them at each call; its typings leave them out. */
const sdk = server as unknown as {
    readonly makeAnalyzeRpcFun: Make<AnalyzerResource, AnalyzeResponse>;
    readonly makeRemediateRpcFun: Make<AnalyzerResource, RemediateResponse>;
    readonly makeAnalyzeStackRpcFun: Make<
        Pick<AnalyzeStackRequest, "getResourcesList">,
        AnalyzeResponse
    >;
};

export interface Pack {
    readonly name: string;
    readonly version: string;
    readonly rules: readonly Rule[];
}

/** What rules say about a resource: the answer as it goes out where they have nothing to say, whoever it is. */
interface Answer<Response> {
    readonly ask?: (resource: AnalyzerResource) => Promise<Response>;
    readonly unasked: Buffer;
}

type Levels = (rule: Rule) => Level;

/**
 * Asks the rules that are for a resource or for the program, and no others. The SDK asks all that it has, and for
 * each it decodes every resource anew.
 */
export class Asking {
    private readonly judged = new Map<string, Answer<AnalyzeResponse>>();
    private readonly remedied = new Map<string, Answer<RemediateResponse>>();
    private readonly ofResources: readonly ResourceRule[];
    private readonly ofStack: readonly StackRule[];

    constructor(
        private readonly pack: Pack,
        private readonly levelOf: Levels,
    ) {
        this.ofResources = pack.rules.filter((rule) => "check" in rule);
        this.ofStack = pack.rules.filter((rule) => "checkStack" in rule);
    }

    judging(type: string): Answer<AnalyzeResponse> {
        const isAsked = (rule: Rule) => this.levelOf(rule) !== "disabled";
        return remembered(this.judged, type, () =>
            this.answer(type, isAsked, sdk.makeAnalyzeRpcFun, AnalyzeResponse),
        );
    }

    remedying(type: string): Answer<RemediateResponse> {
        const isAsked = (rule: ResourceRule) =>
            this.levelOf(rule) === "remediate" && rule.remediate !== undefined;
        return remembered(this.remedied, type, () =>
            this.answer(type, isAsked, sdk.makeRemediateRpcFun, RemediateResponse),
        );
    }

    /** Whether a rule of the whole program would look at resources of this type. */
    isOfUse(type: string): boolean {
        return this.ofStack.some(
            (rule) => this.levelOf(rule) !== "disabled" && isShown(rule, type),
        );
    }

    async judgeStack(resources: readonly AnalyzerResource[]): Promise<AnalyzeResponse> {
        const answers = await Promise.all(
            this.ofStack.map((rule) => {
                const shown = resources.filter((each) => isShown(rule, each.getType()));
                return shown.some((each) => rule.concerns.includes(each.getType()))
                    ? asked(this.made(sdk.makeAnalyzeStackRpcFun, [rule]), {
                          getResourcesList: () => shown,
                      })
                    : new AnalyzeResponse().setNotApplicableList([notApplicable(rule)]);
            }),
        );
        return new AnalyzeResponse()
            .setDiagnosticsList(answers.flatMap((each) => each.getDiagnosticsList()))
            .setNotApplicableList(answers.flatMap((each) => each.getNotApplicableList()));
    }

    private answer<Response extends AnalyzeResponse | RemediateResponse>(
        type: string,
        isAsked: (rule: ResourceRule) => boolean,
        make: Make<AnalyzerResource, Response>,
        Empty: new () => Response,
    ): Answer<Response> {
        const chosen = this.ofResources.filter(
            (rule) => rule.types.includes(type) && isAsked(rule),
        );
        const others = this.ofResources.filter((rule) => !chosen.includes(rule)).map(notApplicable);
        const add = (response: Response): Response => {
            response.setNotApplicableList([...response.getNotApplicableList(), ...others]);
            return response;
        };
        const handler = this.made(make, chosen);
        return {
            ...(chosen.length > 0 && {
                ask: async (resource) => add(await asked(handler, resource)),
            }),
            unasked: Buffer.from(add(new Empty()).serializeBinary()),
        };
    }

    private made<Request, Response>(make: Make<Request, Response>, rules: readonly Rule[]) {
        return make(this.pack.name, this.pack.version, "mandatory", rules.map(toPolicy));
    }
}

const notApplicable = ({ name }: Rule) => new PolicyNotApplicable().setPolicyName(name);

function asked<Request, Response>(
    handler: Handler<Request, Response>,
    request: Request,
): Promise<Response> {
    return new Promise((resolve, reject) => {
        // Of a call the SDK reads no more than this.
        const call = { request } as grpc.ServerUnaryCall<Request, Response>;
        handler(call, (error, response) => (error ? reject(error) : resolve(response!)));
    });
}

function remembered<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
    const value = known.get(key) ?? find();
    known.set(key, value);
    return value;
}
