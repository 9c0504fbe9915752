export {
    type ClientSigner,
    type ExistingKarmadaArgs,
    existingKarmada,
    type KarmadaConnection,
} from "./connection/karmadaConnection";
export { JoinMode } from "./member/joinMode";
export { MemberCluster, type MemberClusterArgs } from "./member/memberCluster";
export { type Division, divideReplicas, possibleDivisions } from "./workload/division";
export { WeightedWorkload, type WeightedWorkloadArgs } from "./workload/weightedWorkload";
