import { serveProvider } from "../protocol/serve";
import { KubernetesProvider } from "./provider";

/** The version of the SDK whose plugin this stands in for. */
serveProvider({ version: "4.34.2", provider: new KubernetesProvider() });
