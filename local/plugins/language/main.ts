import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { engineAddress, servePlugin } from "../protocol/pluginProcess";
import { Children } from "./children";
import { languageService } from "./host";

const children = new Children();
const output = {
    stdout: (chunk: Buffer) => process.stdout.write(chunk),
    stderr: (chunk: Buffer) => process.stderr.write(chunk),
};
servePlugin(
    (server) =>
        server.addService(
            LanguageRuntimeService,
            languageService("0.1.0", engineAddress, children, output),
        ),
    () => children.killAll(),
);
