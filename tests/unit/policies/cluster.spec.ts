import { accessByApi } from "../../../policies/rules/cluster/accessByApi";
import { clusterProtected } from "../../../policies/rules/cluster/clusterProtected";
import { controlPlaneLogs } from "../../../policies/rules/cluster/controlPlaneLogs";
import { creatorNotAdmin } from "../../../policies/rules/cluster/creatorNotAdmin";
import { endpointNotOpen } from "../../../policies/rules/cluster/endpointNotOpen";
import { secretsEncrypted } from "../../../policies/rules/cluster/secretsEncrypted";
import { versionSupported } from "../../../policies/rules/cluster/versionSupported";
import { zonalShift } from "../../../policies/rules/cluster/zonalShift";
import { describeRule } from "./describeRule";
import { type Sample, unknown } from "./judge";

const eksCluster = () => ({
    type: "aws:eks/cluster:Cluster",
    protect: true,
    props: {
        version: "1.36",
        vpcConfig: {
            endpointPrivateAccess: true,
            endpointPublicAccess: true as boolean | undefined,
            publicAccessCidrs: ["203.0.113.0/24"] as string[] | undefined,
        },
        encryptionConfig: {
            provider: { keyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" },
            resources: ["secrets"],
        },
        enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        upgradePolicy: { supportType: "STANDARD" },
        accessConfig: {
            authenticationMode: "API",
            bootstrapClusterCreatorAdminPermissions: false as boolean | undefined,
        },
        deletionProtection: true as boolean | undefined,
        zonalShiftConfig: { enabled: true } as { enabled: boolean } | undefined,
    },
});
const good = () => ({ cluster: eksCluster() }) satisfies Record<string, Sample>;

describe("rules for the EKS cluster", () => {
    describeRule(endpointNotOpen, {
        good: good(),
        alsoGood: {
            "no way in from outside": ({ cluster: { props } }) => {
                props.vpcConfig.endpointPublicAccess = false;
                props.vpcConfig.publicAccessCidrs = undefined;
            },
        },
        bad: {
            "no way in from the network": {
                change: ({ cluster: { props } }) => (props.vpcConfig.endpointPrivateAccess = false),
                says: /endpointPrivateAccess is not true/,
            },
            "Amazon's default, open to everybody": {
                change: ({ cluster: { props } }) => {
                    delete props.vpcConfig.endpointPublicAccess;
                    delete props.vpcConfig.publicAccessCidrs;
                },
                says: /endpointPublicAccess is not false, and publicAccessCidrs names nobody/,
            },
            "everybody among those who may": {
                change: ({ cluster: { props } }) =>
                    (props.vpcConfig.publicAccessCidrs = ["10.0.0.0/8", "0.0.0.0/0"]),
                says: /publicAccessCidrs lets everybody in/,
            },
            "everybody in two halves": {
                change: ({ cluster: { props } }) =>
                    (props.vpcConfig.publicAccessCidrs = ["0.0.0.0/1", "128.0.0.0/1"]),
                says: /publicAccessCidrs lets everybody in/,
            },
        },
        unknown: {
            "the ranges": ({ cluster: { props } }) =>
                (props.vpcConfig.publicAccessCidrs = unknown as never),
        },
    });

    describeRule(secretsEncrypted, {
        good: good(),
        alsoGood: {
            "a key that the update is still to make": ({ cluster: { props } }) =>
                (props.encryptionConfig.provider.keyArn = unknown),
        },
        bad: {
            "no key": {
                change: ({ cluster: { props } }) => (props.encryptionConfig.provider = {} as never),
                says: /encryptionConfig\.provider\.keyArn is not set/,
            },
            "a key for nothing": {
                change: ({ cluster: { props } }) => (props.encryptionConfig.resources = []),
                says: /encryptionConfig\.resources is \[\]: set it to \["secrets"\]/,
            },
        },
        unknown: {
            "the whole of it": ({ cluster: { props } }) =>
                (props.encryptionConfig = unknown as never),
        },
    });

    describeRule(controlPlaneLogs, {
        good: good(),
        alsoGood: {
            "one that is enough": {
                change: ({ cluster: { props } }) => (props.enabledClusterLogTypes = ["audit"]),
                config: { logTypes: ["audit"] },
            },
        },
        bad: {
            "two missing": {
                change: ({ cluster: { props } }) => props.enabledClusterLogTypes.splice(1, 2),
                says: /enabledClusterLogTypes lacks audit, authenticator/,
            },
        },
        unknown: {
            "what it logs": ({ cluster: { props } }) =>
                (props.enabledClusterLogTypes = unknown as never),
        },
    });

    describeRule(versionSupported, {
        good: good(),
        bad: {
            "an old version": {
                change: ({ cluster: { props } }) => (props.version = "1.29"),
                says: /version is "1\.29": set it to one of /,
            },
            "a version that is Amazon's choice": {
                change: ({ cluster }) => delete (cluster.props as { version?: string }).version,
                says: /version is not set/,
            },
            "extended support": {
                change: ({ cluster: { props } }) => (props.upgradePolicy.supportType = "EXTENDED"),
                says: /supportType is "EXTENDED": set it to "STANDARD"/,
            },
        },
        unknown: { "the version": ({ cluster: { props } }) => (props.version = unknown) },
    });

    describeRule(accessByApi, {
        good: good(),
        bad: {
            "the ConfigMap beside it": {
                change: ({ cluster: { props } }) =>
                    (props.accessConfig.authenticationMode = "API_AND_CONFIG_MAP"),
                says: /authenticationMode is "API_AND_CONFIG_MAP": set it to "API"/,
            },
        },
        unknown: {
            "the mode": ({ cluster: { props } }) =>
                (props.accessConfig.authenticationMode = unknown),
        },
    });

    describeRule(creatorNotAdmin, {
        good: {
            ...good(),
            admins: {
                type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
                props: {
                    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
                },
            },
        },
        bad: {
            "a creator who is administrator": {
                change: ({ cluster: { props } }) =>
                    delete props.accessConfig.bootstrapClusterCreatorAdminPermissions,
                says: /bootstrapClusterCreatorAdminPermissions is not false/,
            },
            "no administrator": {
                change: ({ admins: { props } }) =>
                    (props.policyArn = props.policyArn.replace("ClusterAdmin", "AdminView")),
                says: /cluster: .*nobody has AmazonEKSClusterAdminPolicy by name/,
            },
        },
        unknown: {
            "whether the creator is": ({ cluster: { props } }) =>
                (props.accessConfig = unknown as never),
        },
    });

    describeRule(clusterProtected, {
        good: good(),
        bad: {
            "what Amazon may delete": {
                change: ({ cluster: { props } }) => delete props.deletionProtection,
                says: /deletionProtection is not true/,
            },
            "what Pulumi may delete": {
                change: ({ cluster }) => (cluster.protect = false),
                says: /resource option protect is not true/,
            },
        },
        unknown: {
            "the protection": ({ cluster: { props } }) =>
                (props.deletionProtection = unknown as never),
        },
    });

    describeRule(zonalShift, {
        good: good(),
        bad: {
            "a cluster that stays in a zone in trouble": {
                change: ({ cluster: { props } }) => delete props.zonalShiftConfig,
                says: /zonalShiftConfig\.enabled is not true/,
            },
        },
        unknown: {
            "whether it is": ({ cluster: { props } }) =>
                (props.zonalShiftConfig = unknown as never),
        },
    });
});
