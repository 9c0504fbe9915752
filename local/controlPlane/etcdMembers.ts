import { setTimeout as sleep } from "node:timers/promises";
import {
    etcd,
    memberHost,
    memberNames,
    peerUrl,
} from "../../components/controlPlane/etcd/etcdPlan";
import { peerCertificates } from "../../components/controlPlane/etcd/etcdPod";
import { hostNamespace as namespace } from "../../components/controlPlane/layout";

const connectedWithinMs = 60_000;

/** Runs kubectl against the parent cluster; answers what it printed. */
export type Kubectl = (...args: string[]) => Promise<string>;

export interface EtcdMember {
    readonly id: string;
    /** Empty until the member has started for the first time. */
    readonly name: string;
    readonly peerUrl: string;
}

interface Pod {
    readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
    readonly status?: { readonly conditions?: readonly { type: string; status: string }[] };
}

/** The etcd of a control plane, spoken to from inside one of its own pods: nobody else has a certificate. */
export class EtcdMembers {
    constructor(private readonly kubectl: Kubectl) {}

    /** Names of all members that there should be. */
    async names(): Promise<string[]> {
        const statefulSet = await this.read<{ spec: { replicas: number } }>(
            "statefulset",
            etcd.name,
        );
        return memberNames(statefulSet.spec.replicas);
    }

    async readyPods(): Promise<string[]> {
        const selector = `--selector=app=${etcd.name}`;
        const { items } = await this.read<{ items: Pod[] }>("pods", selector);
        return items
            .filter(({ metadata, status }) => {
                const ready = status?.conditions?.find(({ type }) => type === "Ready");
                return ready?.status === "True" && metadata.deletionTimestamp === undefined;
            })
            .map(({ metadata }) => metadata.name);
    }

    /** Members as the one in this pod knows them. */
    async list(pod: string): Promise<EtcdMember[]> {
        const lines = (await this.etcdctl(pod, "member", "list")).trim().split("\n");
        return lines.map((line) => {
            const [id = "", , name = "", url = ""] = line.split(", ");
            return { id, name, peerUrl: url };
        });
    }

    async remove(pod: string, id: string): Promise<void> {
        await this.reconfigure(pod, "remove", id);
    }

    async add(pod: string, member: string): Promise<void> {
        const url = `--peer-urls=${peerUrl(member, namespace)}`;
        await this.reconfigure(pod, "add", member, url);
    }

    /** etcd lets nobody in or out before its members have been connected for some seconds, which may not be yet. */
    private async reconfigure(pod: string, ...args: string[]): Promise<void> {
        const deadline = Date.now() + connectedWithinMs;
        for (;;) {
            try {
                await this.etcdctl(pod, "member", ...args);
                return;
            } catch (error) {
                const isTooEarly = /etcdserver: unhealthy cluster/.test((error as Error).message);
                if (!isTooEarly || Date.now() > deadline) throw error;
            }
            await sleep(1_000);
        }
    }

    /** Runs etcdctl beside the member in this pod, with that member as its server. */
    etcdctl(pod: string, ...args: string[]): Promise<string> {
        return this.kubectl(
            `--namespace=${namespace}`,
            "exec",
            pod,
            "--",
            "/usr/local/bin/etcdctl",
            // By the name that its certificate is made out to.
            `--endpoints=https://${memberHost(pod, namespace)}:${etcd.clientPort}`,
            `--cacert=${peerCertificates}/ca.crt`,
            `--cert=${peerCertificates}/tls.crt`,
            `--key=${peerCertificates}/tls.key`,
            ...args,
        );
    }

    /** The member's pod and volume go; the StatefulSet makes both anew. */
    async discard(member: string): Promise<void> {
        const remove = [`--namespace=${namespace}`, "delete", "--ignore-not-found", "--wait=false"];
        await this.kubectl(...remove, "persistentvolumeclaim", `data-${member}`);
        // On a lost node nobody would confirm the pod's end.
        await this.kubectl(...remove, "pod", member, "--force", "--grace-period=0");
    }

    private async read<T>(...what: string[]): Promise<T> {
        return JSON.parse(
            await this.kubectl(`--namespace=${namespace}`, "get", ...what, "--output=json"),
        ) as T;
    }
}
