import type { KubeClient } from "../../local/kube";
import type { Environment } from "./environment";

const kinds = [
    ["v1", "Namespace"],
    ["v1", "ServiceAccount"],
    ["v1", "Secret"],
    ["apps/v1", "Deployment"],
    ["rbac.authorization.k8s.io/v1", "ClusterRole"],
    ["rbac.authorization.k8s.io/v1", "ClusterRoleBinding"],
    ["rbac.authorization.k8s.io/v1", "Role"],
    ["rbac.authorization.k8s.io/v1", "RoleBinding"],
    ["admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy"],
    ["admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding"],
] as const;

/** Names of everything in a cluster that joining or deploying could leave behind. */
export async function inventoryOf(client: KubeClient): Promise<string[]> {
    const lists = await Promise.all(kinds.map(([version, kind]) => client.list(version, kind)));
    return lists
        .flat()
        .map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name].join(" "))
        .sort();
}

export type Inventories = Readonly<Record<string, readonly string[]>>;

/** Of Karmada and of every member. */
export async function inventoriesOf(environment: Environment): Promise<Inventories> {
    const lists = ["karmada", ...environment.members].map(async (name) => {
        const client = environment.client(name);
        return [name, await inventoryOf(client).finally(() => client.close())] as const;
    });
    return Object.fromEntries(await Promise.all(lists));
}
