import * as https from "node:https";

/** Longer than a change of etcd's leader takes, shorter than a client of Karmada would wait. */
const timeoutMs = 5_000;

export interface Answer {
    readonly status: number;
    readonly body: string;
}

/** One call, one answer or failure: nothing is tried again, so that a test sees what a client would. */
export class ApiCaller {
    constructor(
        private readonly server: URL,
        private readonly agent: https.Agent,
        private readonly more: Readonly<Record<string, string>> = {},
    ) {}

    call(method: string, path: string, body?: object): Promise<Answer> {
        const json = "application/json";
        const headers = { Accept: json, "Content-Type": json, ...this.more };
        const options = { method, agent: this.agent, headers };
        return new Promise((resolve, reject) => {
            const request = https.request(new URL(path, this.server), options, (response) => {
                let text = "";
                response.setEncoding("utf8").on("data", (part: string) => (text += part));
                response.once("end", () => resolve({ status: response.statusCode!, body: text }));
                response.once("error", reject);
            });
            const silence = () => request.destroy(new Error(`no answer in ${timeoutMs} ms`));
            const clock = setTimeout(silence, timeoutMs);
            request.once("close", () => clearTimeout(clock)).once("error", reject);
            request.end(body && JSON.stringify(body));
        });
    }

    close(): void {
        this.agent.destroy();
    }
}
