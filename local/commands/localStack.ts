import * as path from "node:path";
import { projectRoot } from "../support/root";

export const stack = "local";
export const stackFile = path.join(projectRoot, `Pulumi.${stack}.yaml`);
