import { version } from "@pulumi/awsx/package.json";
import { serveComponent } from "../remote/serve";
import { vpc } from "./vpc";

serveComponent(version, "awsx:ec2:Vpc", vpc);
