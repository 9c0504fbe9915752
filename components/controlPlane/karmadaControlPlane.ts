import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { KarmadaConnection } from "../connection/karmadaConnection";
import { checkedKubeconfig, checkKubeconfig } from "../support/kubeconfigInput";
import { owned } from "../support/ownership";
import { refuse } from "../support/refuse";
import { type ControlPlaneVersions, type Images, imagesOf } from "../versions";
import type { JwtIssuer } from "./apiServerFiles";
import { createBackup } from "./backup/backup";
import type { BackupSettings } from "./backup/backupPlan";
import { checkControlPlane, checkHost, controlPlaneFacts } from "./checks";
import { declareControlPlane } from "./controlPlane";
import { checkDefinitions, checkKinds, packagedDefinitions } from "./definitions";
import { createEtcd } from "./etcd/etcd";
import type { EtcdFacts } from "./etcd/etcdPlan";
import { firstServiceAddress, hostNamespace } from "./layout";
import type { MemoryLimits } from "./memoryLimits";
import { declareMonitoring } from "./monitoring/monitoring";
import type { MonitoringSettings } from "./monitoring/monitoringSettings";
import { declareNamespace } from "./namespace";
import type { OptionalParts } from "./optionalParts";
import type { Part } from "./part";
import type { LedgerRow } from "./pki/ledger";
import { createPki } from "./pki/pki";
import type { PkiSettings } from "./pki/pkiChecks";
import { readFirst } from "./readFirst";
import { priorityClass } from "./renderPart";
import { weaknesses } from "./weaknesses";

/** The class of the volumes has to be named; the rest has defaults: 3 members, "10Gi" each, quota "2Gi". */
export type EtcdSettings = Pick<EtcdFacts, "storageClassName"> & Partial<EtcdFacts>;

export interface KarmadaControlPlaneArgs {
    /** Text of an administrator's kubeconfig of the parent cluster; its current context is used. */
    readonly kubeconfig: pulumi.Input<string>;
    /** What Karmada's clients call: a load balancer in front of the node port, or a node. */
    readonly endpoint: { readonly host: pulumi.Input<string>; readonly port: number };
    /** Further names and addresses by which clients reach Karmada's API. */
    readonly extraNames?: readonly string[];
    /**
     * Port of every node that leads to Karmada's API.
     * @default 32443
     */
    readonly nodePort?: number;
    readonly etcd: EtcdSettings;
    /**
     * Where snapshots of etcd go, and how often; or which of them is brought back.
     * @default no snapshots: what is lost with the volumes is lost for good
     */
    readonly backup?: BackupSettings;
    /**
     * Replicas of the API server, the aggregated API server and the webhook; each needs a node.
     * @default 3
     */
    readonly servers?: number;
    /**
     * Replicas of the controllers, of which one works and the others stand by.
     * @default 2
     */
    readonly controllers?: number;
    /**
     * What a pod of a part may take, such as { apiServer: "4Gi" }: with many objects it is more than by default.
     * @default 4Gi for etcd, 2Gi for the API server and search, 1Gi for everything else
     */
    readonly memoryLimits?: MemoryLimits;
    /**
     * Parts that a Karmada can do without.
     * @default none of them
     */
    readonly optional?: OptionalParts;
    /**
     * Lets Prometheus read metrics and alert; the parent needs the Prometheus Operator.
     * @default nobody may read metrics
     */
    readonly monitoring?: MonitoringSettings;
    /**
     * Refuses settings with which the loss of one node or zone can stop Karmada, instead of warning, and does
     * not begin in a parent whose nodes are too few.
     * @default false
     */
    readonly strict?: boolean;
    readonly versions?: Partial<ControlPlaneVersions>;
    /** Images in place of those that the versions name, e.g. from a registry of one's own. */
    readonly images?: Partial<Images>;
    /** Who issues the tokens by which people sign in. */
    readonly issuers?: readonly JwtIssuer[];
    /**
     * Keys that encrypt Secrets at rest: the first writes, all are read.
     * @default [1]
     */
    readonly encryptionGenerations?: readonly number[];
    readonly pki?: PkiSettings;
    /**
     * Folder of Karmada's CustomResourceDefinitions.
     * @default those that come with this package
     */
    readonly definitions?: string;
    /**
     * Whether it may be destroyed while members are joined, which then go on with what they run. An
     * update has to set it first.
     * @default false
     */
    readonly destroyWithMembers?: boolean;
}

/** A highly available Karmada in any Kubernetes cluster with a class of volumes. */
export class KarmadaControlPlane extends pulumi.ComponentResource {
    /** For members and workloads; what uses it waits until the whole control plane is there. */
    readonly connection: KarmadaConnection;
    /** "sha256:" and the digest of the authority's public key, by which a newcomer knows it. */
    readonly caHash: pulumi.Output<string>;
    /** Every certificate: for whom, for which names, until when, and when it is renewed. */
    readonly ledger: pulumi.Output<readonly LedgerRow[]>;
    readonly versions: pulumi.Output<ControlPlaneVersions>;

    constructor(
        name: string,
        args: KarmadaControlPlaneArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(
            "pulumi-karmada-eks:index:KarmadaControlPlane",
            name,
            {},
            pulumi.mergeOptions(opts, { transformations: [owned] }),
        );
        const what = `KarmadaControlPlane "${name}"`;
        const now = new Date();
        const { endpoint, definitions = packagedDefinitions, destroyWithMembers = false } = args;
        const facts = controlPlaneFacts(args);
        const { extraNames, etcd, pki, optional, monitoring } = facts;
        const monitored = monitoring !== undefined;
        refuse(this, what, [
            ...checkKubeconfig("kubeconfig", args.kubeconfig),
            ...checkControlPlane(facts, now),
            ...checkDefinitions("definitions", definitions),
            ...checkKinds(facts.versions.karmada, args.definitions),
        ]);
        for (const { path, message } of weaknesses(facts)) {
            void pulumi.log.warn(`${what}: ${path} ${message}`, this);
        }

        const images: Images = { ...imagesOf(facts.versions), ...args.images };
        const kubeconfig = checkedKubeconfig(this, what, "kubeconfig", args.kubeconfig);
        const parentCluster = new k8s.Provider(
            `${name}-parent`,
            {
                kubeconfig,
                clusterIdentifier: `${name}-parent`,
                enableSecretMutable: true,
            },
            { parent: this },
        );
        const inParent = { parent: this, provider: parentCluster };
        const namespace = declareNamespace(
            name,
            {
                versions: facts.versions,
                pki,
                encryptionGenerations: facts.encryptionGenerations,
                issuers: facts.issuers.length > 0,
                optional,
                monitoredFrom: monitoring?.namespace,
                retainVolumes: etcd.retainVolumes ?? true,
            },
            inParent,
            readFirst(name, { ...facts, kubeconfig, monitored }, inParent),
        );
        const inNamespace = { ...inParent, dependsOn: namespace };
        const certificates = createPki(
            name,
            {
                ...pki,
                namespace: hostNamespace,
                extraNames,
                serviceCidrFirstIp: firstServiceAddress,
                etcdMembers: etcd.members,
                endpointHost: pulumi.output(endpoint.host).apply((host) => {
                    refuse(this, what, checkHost("endpoint.host", host));
                    return host;
                }),
                optional,
                monitored,
                now,
            },
            { parent: this },
        );
        const { members, quota } = etcd;
        const namespaced = { namespace: hostNamespace, pki: certificates };
        const backup =
            args.backup &&
            createBackup(
                name,
                { ...args.backup, ...namespaced, members, quota, images, now },
                inNamespace,
            );
        const stopped = backup?.restoring ?? false;
        const store = createEtcd(
            name,
            {
                ...etcd,
                ...namespaced,
                image: images.etcd,
                memoryLimit: facts.memoryLimits.etcd,
                priorityClassName: priorityClass,
                stopped,
            },
            pulumi.mergeOptions(inNamespace, { dependsOn: backup?.beforeEtcd ?? [] }),
        );
        backup?.afterEtcd(store.ready);
        const lookAfter = (parts: readonly Part[]): pulumi.Resource[] => {
            const { generation } = pki;
            const watched = { parts, optional, etcdMembers: members, pki: certificates, now };
            const backedUp = backup !== undefined;
            return [
                ...(backup ? [backup.schedule] : []),
                ...(monitoring
                    ? declareMonitoring(
                          name,
                          { ...monitoring, ...watched, backedUp, generation },
                          inNamespace,
                      )
                    : []),
            ];
        };
        const declared = declareControlPlane(
            name,
            {
                ...facts,
                ...(stopped && { servers: 0, controllers: 0 }),
                endpoint,
                certificates,
                store,
                images,
                definitions,
                destroyWithMembers,
                monitored,
                lookAfter,
            },
            inNamespace,
        );

        this.connection = declared.connection;
        this.caHash = declared.caHash;
        this.ledger = certificates.ledger;
        this.versions = pulumi.output(facts.versions);
        this.registerOutputs({
            endpoint: this.connection.endpoint,
            kubeconfig: this.connection.kubeconfig,
            caHash: this.caHash,
            ledger: this.ledger,
            versions: this.versions,
        });
    }
}
