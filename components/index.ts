export { KarmadaBackupStore, type KarmadaBackupStoreArgs } from "./backupStore/backupStore";
export { CostBudget, type CostBudgetArgs } from "./budget/budget";
export {
    type ClientSigner,
    type ExistingKarmadaArgs,
    existingKarmada,
    type KarmadaConnection,
} from "./connection/karmadaConnection";
export type { JwtIssuer } from "./controlPlane/apiServerFiles";
export type {
    BackupSettings,
    SnapshotStore,
    StoreCredentials,
} from "./controlPlane/backup/backupPlan";
export {
    SchedulerEstimator,
    type SchedulerEstimatorArgs,
} from "./controlPlane/estimator/schedulerEstimator";
export { ZoneSpread } from "./controlPlane/etcd/etcdPlan";
export {
    type EtcdSettings,
    KarmadaControlPlane,
    type KarmadaControlPlaneArgs,
} from "./controlPlane/karmadaControlPlane";
export type { MonitoringSettings } from "./controlPlane/monitoring/monitoringSettings";
export type { OptionalParts } from "./controlPlane/optionalParts";
export type { LedgerRow } from "./controlPlane/pki/ledger";
export type {
    AuthorityGenerations,
    OwnAuthorities,
    OwnAuthority,
    PkiSettings,
} from "./controlPlane/pki/pkiChecks";
export { type EndpointDns, KarmadaEndpoint, type KarmadaEndpointArgs } from "./endpoint/endpoint";
export type { ExistingNetwork } from "./karmadaVpc/existingNetwork";
export { KarmadaVpc, type KarmadaVpcArgs } from "./karmadaVpc/karmadaVpc";
export {
    NetworkPeering,
    type NetworkEnd,
    type NetworkPeeringArgs,
} from "./networkPeering/networkPeering";
export { NatMode } from "./karmadaVpc/natMode";
export { JoinMode } from "./member/joinMode";
export { ManagementHost, type ManagementHostArgs } from "./managementHost/managementHost";
export { MemberCluster, type MemberClusterArgs } from "./member/memberCluster";
export { type Division, divideReplicas, possibleDivisions } from "./workload/division";
export type { ExistingParent } from "./parentCluster/existingParent";
export { NodeImage, type NodeSettings } from "./parentCluster/nodeSettings";
export { KarmadaParentCluster, type KarmadaParentClusterArgs } from "./parentCluster/parentCluster";
export { WeightedWorkload, type WeightedWorkloadArgs } from "./workload/weightedWorkload";
export type { ControlPlaneVersions, Images } from "./versions";
