export { inspectFederation, type ProcessReport } from "./inspect";
export { layoutOf, type Layout } from "./layout";
export { federationMembers } from "./members";
export { federationBinaries, type FederationOptions, type MemberSpec } from "./options";
export { startFederation } from "./start";
export { openStateDirectory } from "./stateDirectory";
export { stopFederation } from "./stop";
