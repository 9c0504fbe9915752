import { agentHost, agentHostName } from "./agentHost";
import { apiServerName, clusterOf, etcdName, karmadaName } from "./cluster";
import { controlPlaneNames, controlPlaneSpecs } from "./controlPlane";
import { etcdPeerPort, etcdSpec } from "./etcd";
import type { Layout } from "./layout";
import { memberNames, memberSpecs } from "./member";
import type { FederationOptions } from "./options";
import { ensureControlPlanePki, ensureKubeconfig, ensureMemberPki } from "./pki";
import { keptPorts } from "./ports";

/** Names of all processes of a federation with these members; agents are among them. */
export const processNames = (members: readonly string[]): string[] => [
    etcdName,
    apiServerName(karmadaName),
    ...controlPlaneNames,
    agentHostName,
    ...members.flatMap((member) => [apiServerName(member), ...memberNames(member)]),
];

/** Makes what the processes read (certificates, kubeconfigs, ports) and says how each is started. */
export async function planFederation(layout: Layout, options: FederationOptions) {
    const { members, binaries, assets } = options;
    const names = members.map(({ name }) => name);
    const ports = await keptPorts(layout.ports, [...processNames(names), etcdPeerPort]);
    ensureControlPlanePki(layout, `${karmadaName}-ca`);
    names.forEach((name) => ensureMemberPki(layout, name));
    const cluster = (name: string) => {
        const made = clusterOf(layout, ports, name);
        ensureKubeconfig(made);
        return made;
    };
    const karmada = cluster(karmadaName);
    return {
        etcd: etcdSpec(layout, ports, binaries.etcd),
        karmada: { cluster: karmada, specs: controlPlaneSpecs(karmada, binaries) },
        members: members.map((member) => {
            const own = cluster(member.name);
            const specs = memberSpecs(own, binaries, assets.kwokStages);
            return { member, cluster: own, specs };
        }),
        agentHost: agentHost(layout, ports, binaries["karmada-agent"]),
    };
}

export type Plan = Awaited<ReturnType<typeof planFederation>>;
