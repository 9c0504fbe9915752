import type { Rule } from "./frame/rule";
import { accessByApi } from "./rules/cluster/accessByApi";
import { balancerInThreeZones } from "./rules/balancer/balancerInThreeZones";
import { balancerInternal } from "./rules/balancer/balancerInternal";
import { balancerKept } from "./rules/balancer/balancerKept";
import { bucketsSafe } from "./rules/account/bucketsSafe";
import { budget } from "./rules/account/budget";
import { certificatesNameHosts } from "./rules/karmada/certificatesNameHosts";
import { certificatesNotEnding } from "./rules/karmada/certificatesNotEnding";
import { certificatesShortLived } from "./rules/karmada/certificatesShortLived";
import { clientAddressNotPreserved } from "./rules/balancer/clientAddressNotPreserved";
import { clusterProtected } from "./rules/cluster/clusterProtected";
import { controlPlaneLogs } from "./rules/cluster/controlPlaneLogs";
import { creatorNotAdmin } from "./rules/cluster/creatorNotAdmin";
import { defaultSecurityGroupEmpty } from "./rules/network/defaultSecurityGroupEmpty";
import { endpointNotOpen } from "./rules/cluster/endpointNotOpen";
import { etcdBackedUp } from "./rules/karmada/etcdBackedUp";
import { etcdFlags } from "./rules/karmada/etcdFlags";
import { etcdMembersOdd } from "./rules/karmada/etcdMembersOdd";
import { etcdSpread } from "./rules/karmada/etcdSpread";
import { etcdStorage } from "./rules/karmada/etcdStorage";
import { imagesPinned } from "./rules/karmada/imagesPinned";
import { imdsV2 } from "./rules/nodes/imdsV2";
import { keyRotation } from "./rules/account/keyRotation";
import { logsKept } from "./rules/account/logsKept";
import { managementHost } from "./rules/account/managementHost";
import { kubeconfigsSecret } from "./rules/karmada/kubeconfigsSecret";
import { memberNames } from "./rules/karmada/memberNames";
import { memberNamesUnique } from "./rules/karmada/memberNamesUnique";
import { namespacesNotReserved } from "./rules/karmada/namespacesNotReserved";
import { natPerZone } from "./rules/network/natPerZone";
import { networkPolicies } from "./rules/kubernetes/networkPolicies";
import { noAllRights } from "./rules/identity/noAllRights";
import { noClusterAdmin } from "./rules/kubernetes/noClusterAdmin";
import { noDefaultNamespace } from "./rules/kubernetes/noDefaultNamespace";
import { noOpenPorts } from "./rules/network/noOpenPorts";
import { noSshToNodes } from "./rules/nodes/noSshToNodes";
import { nodeDisksEncrypted } from "./rules/nodes/nodeDisksEncrypted";
import { nodeImageCurrent } from "./rules/nodes/nodeImageCurrent";
import { nodeRoleMinimal } from "./rules/identity/nodeRoleMinimal";
import { nodeRoleReadsImages } from "./rules/identity/nodeRoleReadsImages";
import { nodeVersionSaid } from "./rules/nodes/nodeVersionSaid";
import { nodesForQuorum } from "./rules/nodes/nodesForQuorum";
import { nodesOnDemand } from "./rules/nodes/nodesOnDemand";
import { nodesPrivate } from "./rules/nodes/nodesPrivate";
import { nothingOrphaned } from "./rules/account/nothingOrphaned";
import { oneNodeAtATime } from "./rules/nodes/oneNodeAtATime";
import { partsRedundant } from "./rules/karmada/partsRedundant";
import { podSecurity } from "./rules/kubernetes/podSecurity";
import { privateSubnetsStayPrivate } from "./rules/network/privateSubnetsStayPrivate";
import { resourcesSaid } from "./rules/kubernetes/resourcesSaid";
import { rolePoliciesInOnePlace } from "./rules/identity/rolePoliciesInOnePlace";
import { secretsEncrypted } from "./rules/cluster/secretsEncrypted";
import { securityGroupRulesInOnePlace } from "./rules/network/securityGroupRulesInOnePlace";
import { securityGroupsDescribed } from "./rules/network/securityGroupsDescribed";
import { subnetRoleTags } from "./rules/network/subnetRoleTags";
import { subnetsInThreeZones } from "./rules/network/subnetsInThreeZones";
import { tagged } from "./rules/account/tagged";
import { versionSupported } from "./rules/cluster/versionSupported";
import { vpcFlowLogs } from "./rules/network/vpcFlowLogs";
import { weights } from "./rules/karmada/weights";
import { weightsNameMembers } from "./rules/karmada/weightsNameMembers";
import { weightsReachMembers } from "./rules/karmada/weightsReachMembers";
import { workloadsInRegions } from "./rules/karmada/workloadsInRegions";
import { zonalShift } from "./rules/cluster/zonalShift";

/** In the order of the documentation. */
export const rules: readonly Rule[] = [
    subnetsInThreeZones,
    natPerZone,
    subnetRoleTags,
    vpcFlowLogs,
    defaultSecurityGroupEmpty,
    noOpenPorts,
    securityGroupsDescribed,
    securityGroupRulesInOnePlace,
    privateSubnetsStayPrivate,
    endpointNotOpen,
    secretsEncrypted,
    controlPlaneLogs,
    versionSupported,
    accessByApi,
    creatorNotAdmin,
    clusterProtected,
    zonalShift,
    nodesForQuorum,
    imdsV2,
    nodeDisksEncrypted,
    nodesPrivate,
    noSshToNodes,
    nodeImageCurrent,
    nodesOnDemand,
    oneNodeAtATime,
    nodeVersionSaid,
    noAllRights,
    nodeRoleMinimal,
    nodeRoleReadsImages,
    rolePoliciesInOnePlace,
    keyRotation,
    logsKept,
    balancerInternal,
    balancerInThreeZones,
    balancerKept,
    clientAddressNotPreserved,
    etcdMembersOdd,
    etcdSpread,
    etcdStorage,
    etcdFlags,
    partsRedundant,
    memberNames,
    memberNamesUnique,
    namespacesNotReserved,
    certificatesNameHosts,
    certificatesShortLived,
    certificatesNotEnding,
    bucketsSafe,
    etcdBackedUp,
    imagesPinned,
    weights,
    weightsNameMembers,
    weightsReachMembers,
    workloadsInRegions,
    kubeconfigsSecret,
    podSecurity,
    networkPolicies,
    resourcesSaid,
    noDefaultNamespace,
    noClusterAdmin,
    managementHost,
    tagged,
    budget,
    nothingOrphaned,
];
