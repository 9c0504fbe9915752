import { version } from "@pulumi/command/package.json";
import { serveProvider } from "../protocol/serve";
import { commandProvider } from "./provider";

serveProvider(version, commandProvider);
