import { serveProvider } from "../protocol/serve";
import { tlsProvider } from "./provider";

serveProvider({ version: "5.6.1", provider: tlsProvider(() => new Date()) });
