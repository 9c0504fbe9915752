import * as http from "node:http";
import * as https from "node:https";

/** A URL that answers 200 as soon as its process can serve. */
export interface Probe {
    readonly url: string;
    /** For HTTPS: CA of the server's certificate, and the certificate to show, all PEM. */
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
}

const answerWithinMs = 3_000;

/** Undefined when ready, else why not. */
export function probe({ url, ...tls }: Probe): Promise<string | undefined> {
    return new Promise((resolve) => {
        const { get } = url.startsWith("https:") ? https : http;
        const request = get(url, { ...tls, agent: false, timeout: answerWithinMs }, (response) => {
            response.resume();
            const { statusCode } = response;
            resolve(statusCode === 200 ? undefined : `${url} answers ${statusCode}`);
        });
        request.once("timeout", () => request.destroy(new Error("no answer")));
        request.once("error", (error) => resolve(`${url}: ${error.message}`));
    });
}
