import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { clusterNamespace, systemLabels } from "./objectNames";
import { grantEverywhere, grantIn, type Rules, type Site, userSubject } from "./site";

const works = "work.karmada.io";

/** Read across the whole of Karmada, as the agent's caches need it; write only its own Cluster's status. */
function agentRules(clusterName: string): Rules {
    const clusters = "cluster.karmada.io";
    const read = ["get", "list", "watch"];
    return [
        { apiGroups: [clusters], resources: ["clusters"], verbs: read },
        {
            apiGroups: [clusters],
            resources: ["clusters/status"],
            resourceNames: [clusterName],
            verbs: ["update"],
        },
        {
            apiGroups: ["config.karmada.io"],
            resources: [
                "resourceinterpreterwebhookconfigurations",
                "resourceinterpretercustomizations",
            ],
            verbs: read,
        },
        { apiGroups: [""], resources: ["namespaces"], verbs: ["get"] },
        { apiGroups: [""], resources: ["services"], verbs: ["list", "watch"] },
        { apiGroups: [""], resources: ["events"], verbs: ["create", "patch", "update"] },
    ];
}

const workRules: Rules = [
    {
        apiGroups: [works],
        resources: ["works"],
        verbs: ["get", "list", "watch", "create", "delete"],
    },
    { apiGroups: [works], resources: ["works/status"], verbs: ["update", "patch"] },
];

function leaseRules(clusterName: string): Rules {
    const lease = { apiGroups: ["coordination.k8s.io"], resources: ["leases"] };
    return [
        { ...lease, verbs: ["create"] },
        { ...lease, resourceNames: [clusterName], verbs: ["get", "update"] },
    ];
}

/** The right that outlives the execution namespace; the admission policy confines it to there. */
const finalizerRules: Rules = [{ apiGroups: [works], resources: ["works"], verbs: ["update"] }];

/** What the agent may do in Karmada. Why it is cut this way: docs/decisions/0003. */
export function declareAgentRights(site: Site): pulumi.Resource[] {
    const { name, clusterName, objects, inKarmada } = site;
    const agent = userSubject(objects.agentUser);
    const namespace = new k8s.core.v1.Namespace(
        `${name}-execution-namespace`,
        { metadata: { name: objects.executionNamespace, labels: systemLabels } },
        inKarmada,
    );
    const general = grantEverywhere(
        `${name}-agent`,
        objects.agentRole,
        agentRules(clusterName),
        agent,
        inKarmada,
    );
    const lease = grantIn(
        clusterNamespace,
        `${name}-agent-lease`,
        objects.agentLeaseRole,
        leaseRules(clusterName),
        agent,
        inKarmada,
    );
    const work = grantIn(
        objects.executionNamespace,
        `${name}-agent-work`,
        objects.agentWorkRole,
        workRules,
        agent,
        pulumi.mergeOptions(inKarmada, { dependsOn: namespace }),
    );
    const admission = declareAdmission(site);
    const finalizer = grantEverywhere(
        `${name}-agent-finalizer`,
        objects.agentFinalizerRole,
        finalizerRules,
        agent,
        // The fence stands before the right is given, and is taken down after.
        pulumi.mergeOptions(inKarmada, { dependsOn: admission }),
    );
    return [namespace, ...general, ...lease, ...work, ...admission, ...finalizer];
}

/** Refuses every change of a Work by this agent outside its own execution namespace. */
function declareAdmission({ name, objects, inKarmada }: Site): pulumi.Resource[] {
    const { agentAdmission, agentUser, executionNamespace } = objects;
    const metadata = { name: agentAdmission, labels: systemLabels };
    const policy = new k8s.admissionregistration.v1.ValidatingAdmissionPolicy(
        `${name}-agent-admission`,
        {
            metadata,
            spec: {
                failurePolicy: "Fail",
                matchConstraints: {
                    resourceRules: [
                        {
                            apiGroups: [works],
                            apiVersions: ["*"],
                            operations: ["CREATE", "UPDATE", "DELETE"],
                            resources: ["works", "works/status"],
                        },
                    ],
                },
                matchConditions: [
                    {
                        name: "this-agent",
                        expression: `request.userInfo.username == "${agentUser}"`,
                    },
                ],
                validations: [
                    {
                        expression: `request.namespace == "${executionNamespace}"`,
                        message: `the agent may change Works in ${executionNamespace} only`,
                        reason: "Forbidden",
                    },
                ],
            },
        },
        inKarmada,
    );
    const binding = new k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
        `${name}-agent-admission-binding`,
        { metadata, spec: { policyName: agentAdmission, validationActions: ["Deny"] } },
        pulumi.mergeOptions(inKarmada, { dependsOn: policy }),
    );
    return [policy, binding];
}
