import * as path from "node:path";
import { projectRoot } from "../support/root";

export const localStack = "local";
export const localStackFile = path.join(projectRoot, `Pulumi.${localStack}.yaml`);
