import { version } from "@pulumi/command/package.json";
import { InitializationFailed } from "../../local/plugins/protocol/provider";
import { serveProvider } from "../../local/plugins/protocol/serve";

/** More than fits into the headers of many gRPC implementations, in which the engine is told of it. */
const content = "x".repeat(500_000);

// Whatever it makes exists but does not become ready; the first update mends it.
serveProvider(version, {
    check: async ({ news }) => ({ inputs: news }),
    diff: async () => ({ changes: false }),
    read: async ({ id, inputs, outputs }) => ({ id, inputs, outputs }),
    update: async ({ oldOutputs }) => ({ outputs: { ...oldOutputs, mended: true } }),
    delete: async () => {},
    create: async ({ news, preview }) => {
        if (preview) {
            return { id: "", outputs: news };
        }
        throw new InitializationFailed("id", { ...news, content }, ["no pod is ready"]);
    },
});
