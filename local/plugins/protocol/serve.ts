import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { engineAddress, servePlugin } from "./pluginProcess";
import type { Provider } from "./provider";
import { providerService } from "./service";
import { statusLinesOn } from "./statusLines";

/** Makes this process a resource plugin; it ends with the engine that started it. */
export function serveProvider(version: string, provider: Provider): void {
    const cancellation = new AbortController();
    const statusLines = statusLinesOn(engineAddress());
    const service = providerService(provider, version, cancellation, statusLines);
    servePlugin(
        (server) => server.addService(ResourceProviderService, service),
        () => cancellation.abort(),
    );
}
