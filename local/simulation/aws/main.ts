import * as path from "node:path";
import { version } from "@pulumi/aws/package.json";
import { serveProvider } from "../../plugins/protocol/serve";
import { Cloud } from "../cloud/cloud";
import { awsProvider } from "./provider";

// All instances of the provider, and the test, find the cloud beside the program.
const cloud = new Cloud(path.join(path.dirname(process.argv[1]!), "cloud"));

serveProvider(version, awsProvider(cloud));
