import { version } from "@pulumi/tls/package.json";
import { serveProvider } from "../protocol/serve";
import { tlsProvider } from "./provider";

serveProvider({ version, provider: tlsProvider(() => new Date()) });
