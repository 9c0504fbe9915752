import { Server, ServerResponse } from "node:http";
import { AddressInfo } from "node:net";

// Stands in for an API server where a test has to decide what is answered, and when: plain HTTP, which only such
// servers speak.

export const listening = (server: Server, port = 0) =>
    new Promise<void>((done) => server.listen(port, "127.0.0.1", done));

export async function stopped(server: Server): Promise<void> {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
}

export function json(response: ServerResponse, status: number, body: object): void {
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

export function kubeconfigOf(server: Server): string {
    const { port } = server.address() as AddressInfo;
    const cluster = {
        server: `http://127.0.0.1:${port}`,
        "insecure-skip-tls-verify": true,
    };
    return JSON.stringify({
        clusters: [{ name: "c", cluster }],
        users: [{ name: "u", user: {} }],
        contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
        "current-context": "x",
    });
}
