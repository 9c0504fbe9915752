import { version } from "@pulumi/tls/package.json";
import { serveProvider } from "../protocol/serve";
import { tlsProvider } from "./provider";

const clock = () => new Date();
serveProvider(version, tlsProvider(clock));
