import { silent } from "../../../local/support/progress";
import { NodesCluster } from "./nodesCluster";

// A program: removes the cluster in the state directory that it is given.
void NodesCluster.remove(process.argv[2]!, silent);
