import { version } from "@pulumi/eks/package.json";
import { serveComponent } from "../remote/serve";
import { cluster } from "./cluster";

serveComponent(version, "eks:index:Cluster", cluster);
