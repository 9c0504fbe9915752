import * as http from "node:http";
import * as https from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import { CutOffError, waitFor } from "./cancellation";
import { Access } from "./kubeconfig";
import { unreachable } from "./unreachable";

export interface Request {
    readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    readonly path: string;
    readonly body?: unknown;
    readonly contentType?: string;
    readonly signal?: AbortSignal;
}

export interface Answer {
    readonly status: number;
    readonly body: string;
}

/** API servers end a request after 60 s themselves; more only waits for one that hangs. */
const requestTimeoutMs = 65_000;
const concurrentRequests = 16;
const attempts = 5;

/** HTTP to one API server: kept-alive connections, bounded in number, time and retries. */
export class Transport {
    private agents: Promise<{ requests: http.Agent; streams: http.Agent }> | undefined;

    constructor(private readonly access: Access) {}

    get server(): string {
        return this.access.server.href.replace(/\/$/, "");
    }

    get namespace(): string {
        return this.access.namespace;
    }

    /** Sends once and gives back whatever the server answers. */
    async send(request: Request): Promise<Answer> {
        const response = await this.open(request, false);
        return { status: response.statusCode ?? 0, body: await this.textOf(response, request) };
    }

    /** Sends again while the server is busy, or when it had closed a kept connection meanwhile. */
    async sendPatiently(request: Request): Promise<Answer> {
        let lost = false;
        for (let attempt = 1; ; attempt++) {
            const last = attempt === attempts;
            let delay = 100 * 2 ** attempt;
            try {
                const answer = await this.send(request);
                if (last || (answer.status !== 429 && answer.status !== 503)) {
                    return answer;
                }
                delay = Math.max(delay, retryAfterMs(answer));
            } catch (error) {
                if (lost && request.signal?.aborted) {
                    throw this.unanswered(error as Error, request, lost);
                }
                if (last || (error as { code?: string }).code !== "ECONNRESET") {
                    throw error;
                }
                lost = true;
            }
            await pause(delay, undefined, { signal: request.signal }).catch((error: Error) => {
                throw this.unanswered(error, request, lost);
            });
        }
    }

    /** Opens an answer that goes on; an error status is given back like any other. */
    stream(request: Request): Promise<http.IncomingMessage> {
        return this.open(request, true);
    }

    /** Ends kept-alive connections; the transport can still be used. */
    async close(): Promise<void> {
        const agents = await this.agents;
        agents?.requests.destroy();
        agents?.streams.destroy();
        this.agents = undefined;
    }

    private async open(request: Request, streaming: boolean): Promise<http.IncomingMessage> {
        this.agents ??= this.connectors();
        const agents = await waitFor(this.agents, request.signal);
        const body = request.body === undefined ? undefined : JSON.stringify(request.body);
        const options: https.RequestOptions = {
            method: request.method,
            agent: streaming ? agents.streams : agents.requests,
            signal: request.signal,
            headers: {
                Accept: "application/json",
                ...(body === undefined
                    ? {}
                    : {
                          "Content-Type": request.contentType ?? "application/json",
                          "Content-Length": Buffer.byteLength(body),
                      }),
                ...(await waitFor(this.access.headers(), request.signal)),
            },
        };
        return new Promise((resolve, reject) => {
            const { server } = this.access;
            const client = server.protocol === "http:" ? http : https;
            const url = this.server + request.path;
            const call = client.request(url, options, (response) => {
                if (!streaming) {
                    response.once("close", stopClock);
                } else {
                    stopClock();
                }
                resolve(response);
            });
            let clock: NodeJS.Timeout | undefined;
            const stopClock = () => clearTimeout(clock);
            // Counted from here, not from the start: a request may wait for a free connection.
            call.once("socket", () => {
                clock = setTimeout(() => call.destroy(timedOut()), requestTimeoutMs);
            });
            call.once("error", (error) => {
                stopClock();
                // Without a connection nothing has been sent.
                reject(this.unanswered(error, request, clock !== undefined));
            });
            call.end(body);
        });
    }

    private async textOf(response: http.IncomingMessage, request: Request): Promise<string> {
        const parts: Buffer[] = [];
        try {
            for await (const part of response) {
                parts.push(part as Buffer);
            }
        } catch (error) {
            throw this.unanswered(error as Error, request, true);
        }
        return Buffer.concat(parts).toString("utf8");
    }

    private unanswered(error: Error, { signal }: Request, sent: boolean): Error {
        if (!signal?.aborted) {
            return unreachable(this.server, error);
        }
        return sent ? new CutOffError(`${this.server} had not answered yet`) : error;
    }

    private async connectors(): Promise<{ requests: http.Agent; streams: http.Agent }> {
        const tls = await this.access.tls().catch((error: unknown) => {
            // Whoever comes later may have more luck with a credential plugin.
            this.agents = undefined;
            throw error;
        });
        const Agent = this.access.server.protocol === "http:" ? http.Agent : https.Agent;
        return {
            requests: new Agent({ ...tls, keepAlive: true, maxSockets: concurrentRequests }),
            streams: new Agent({ ...tls, keepAlive: false }),
        };
    }
}

function retryAfterMs(answer: Answer): number {
    const seconds = /"retryAfterSeconds":\s*(\d+)/.exec(answer.body)?.[1];
    return Math.min(Number(seconds ?? 0), 5) * 1000;
}

function timedOut(): Error {
    const message = `no answer within ${requestTimeoutMs / 1000} s`;
    return Object.assign(new Error(message), { code: "ETIMEDOUT" });
}
