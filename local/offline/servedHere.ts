import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { installScript, provider } from "../engine/plugins";
import { commandProvider } from "../plugins/command/provider";
import { noMessageLimit } from "../plugins/protocol/pluginProcess";
import type { Provider } from "../plugins/protocol/provider";
import { providerService } from "../plugins/protocol/service";
import { tlsProvider } from "../plugins/tls/provider";
import { unreachedKubernetes } from "../simulation/kubernetes/unreached";
import { installedVersion } from "../support/sdk";

/** Those to which all their instances are one: in a preview they have nothing to remember. */
const providers: Readonly<Record<string, Provider>> = {
    kubernetes: unreachedKubernetes,
    tls: tlsProvider(() => new Date()),
    command: commandProvider,
};

/**
 * Serves providers to the engine from this process. A program has one for each of its clusters, and to start
 * as many processes takes longer than all else of a preview.
 */
export async function serveHere(home: string): Promise<() => void> {
    const servers = await Promise.all(
        Object.entries(providers).map(async ([name, served]) => {
            const server = new grpc.Server(noMessageLimit);
            const version = installedVersion(`@pulumi/${name}`);
            const service = providerService(served, version, new AbortController());
            server.addService(ResourceProviderService, service);
            const port = await listen(server);
            // The engine wants a process, whose end it notices and whose stdin it closes at its own.
            installScript(provider(name), home, `echo ${port}\nexec cat > /dev/null`);
            return server;
        }),
    );
    return () => servers.forEach((server) => server.forceShutdown());
}

function listen(server: grpc.Server): Promise<number> {
    return new Promise((resolve, reject) =>
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
            error === null ? resolve(port) : reject(error),
        ),
    );
}
