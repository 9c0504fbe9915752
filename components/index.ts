export {
    type ClientSigner,
    type ExistingKarmadaArgs,
    existingKarmada,
    type KarmadaConnection,
} from "./connection/karmadaConnection";
export type { JwtIssuer } from "./controlPlane/apiServerFiles";
export { ZoneSpread } from "./controlPlane/etcd/etcdPlan";
export {
    type EtcdSettings,
    KarmadaControlPlane,
    type KarmadaControlPlaneArgs,
} from "./controlPlane/karmadaControlPlane";
export type { LedgerRow } from "./controlPlane/pki/ledger";
export type {
    AuthorityGenerations,
    OwnAuthorities,
    OwnAuthority,
    PkiSettings,
} from "./controlPlane/pki/pkiChecks";
export { JoinMode } from "./member/joinMode";
export { MemberCluster, type MemberClusterArgs } from "./member/memberCluster";
export { type Division, divideReplicas, possibleDivisions } from "./workload/division";
export { WeightedWorkload, type WeightedWorkloadArgs } from "./workload/weightedWorkload";
export type { ControlPlaneVersions, Images } from "./versions";
