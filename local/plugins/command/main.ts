import { serveProvider } from "../protocol/serve";
import { commandProvider } from "./provider";

serveProvider({ version: "4.5.0", provider: commandProvider });
