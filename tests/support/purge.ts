import { stopFederation } from "../../local/federation";
import { silent } from "../../local/support/progress";

// A program: removes the federation in the state directory that it is given.
void stopFederation(process.argv[2]!, { purge: true, progress: silent });
