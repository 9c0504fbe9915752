import { version } from "@pulumi/kubernetes/package.json";
import { serveProvider } from "../protocol/serve";
import { KubernetesProvider } from "./provider";

serveProvider(version, new KubernetesProvider());
