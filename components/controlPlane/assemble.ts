import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Images } from "../versions";
import { auditPolicy, authenticationConfiguration, type JwtIssuer } from "./apiServerFiles";
import { declarePart } from "./declarePart";
import { declareEncryption } from "./encryption";
import { declareEntrance } from "./entrance";
import type { Certificates, Store } from "./foundations";
import { defaultNodePort, hostNamespace } from "./layout";
import type { MemoryLimits } from "./memoryLimits";
import type { OptionalParts } from "./optionalParts";
import type { Part } from "./part";
import { partsOf } from "./parts/partsOf";
import { secretNames } from "./secretNames";
import { declareSecrets, readAtStart } from "./secrets";

export interface Assembly {
    readonly certificates: Certificates;
    readonly store: Store;
    readonly images: Images;
    readonly servers: number;
    readonly controllers: number;
    readonly memoryLimits: MemoryLimits;
    readonly nodePort?: number;
    readonly issuers: readonly JwtIssuer[];
    readonly encryptionGenerations: readonly number[];
    readonly optional: OptionalParts;
    readonly monitored: boolean;
}

/** The processes of the control plane: `opts` is for objects in its namespace. */
export function declareParts(name: string, assembly: Assembly, opts: pulumi.CustomResourceOptions) {
    const { certificates, store, images } = assembly;
    const encryption = declareEncryption(name, assembly.encryptionGenerations, {
        parent: opts.parent,
    });
    const audit = declareFile(name, "karmada-audit-policy", "policy.json", auditPolicy, opts);
    const authentication = declareFile(
        name,
        "karmada-authentication",
        "authentication.json",
        authenticationConfiguration(assembly.issuers),
        opts,
    );
    const parts = partsOf({ ...assembly, etcdServers: store.serverUrls });
    const mounted = Object.values(parts).flatMap(({ secrets }) => Object.values(secrets));
    const secrets = declareSecrets(name, new Set(mounted), certificates, encryption, opts);
    const checksum = (part: Part) => {
        const texts = [readAtStart(certificates, part.readAtStart)];
        if (part.configMaps?.audit) texts.push(pulumi.output(digest(auditPolicy)));
        // It would notice by itself, each replica at another time: an update must end with all of
        // them knowing every key, or the next one makes some write what others cannot read.
        const encrypts = Object.values(part.secrets).includes(secretNames.encryption);
        if (encrypts) texts.push(pulumi.output(assembly.encryptionGenerations.join("-")));
        return pulumi.all(texts).apply((each) => each.join("_"));
    };
    const declare = (part: Part, needed: pulumi.Resource[]) => {
        const limit = assembly.memoryLimits[part.image as keyof MemoryLimits];
        const limited = { ...part, memoryLimit: limit ?? part.memoryLimit };
        const rendering = { image: images[part.image], checksum: checksum(part) };
        return declarePart(name, limited, rendering, opts, [
            ...Object.values(part.secrets).map((each) => secrets.get(each)!),
            ...needed,
        ]);
    };

    const apiServer = declare(parts.apiServer, [audit, authentication, ...store.ready]);
    const entrance = declareEntrance(name, assembly.nodePort ?? defaultNodePort, opts);
    // Started before the API answers they would crash, and wait longer each time.
    const others = (part: Part) => declare(part, [apiServer]);
    const webhook = others(parts.webhook);
    // An earlier webhook would take out of what they store the fields that it does not know.
    const controller = (part: Part, kinds: pulumi.Resource[]) => declare(part, [...kinds, webhook]);
    return {
        all: Object.values(parts),
        apiServer,
        entrance,
        extensions: {
            aggregatedApiServer: others(parts.aggregatedApiServer),
            ...(parts.search && { search: others(parts.search) }),
            ...(parts.metricsAdapter && { metricsAdapter: others(parts.metricsAdapter) }),
        },
        webhook,
        /** Karmada's own end again and again until its API knows their kinds. */
        declareControllers: (kinds: pulumi.Resource[]) => [
            others(parts.kubeControllerManager),
            controller(parts.controllerManager, kinds),
            controller(parts.scheduler, kinds),
            ...(parts.descheduler ? [controller(parts.descheduler, kinds)] : []),
        ],
    };
}

function declareFile(
    name: string,
    configMap: string,
    file: string,
    content: object,
    opts: pulumi.CustomResourceOptions,
): k8s.core.v1.ConfigMap {
    return new k8s.core.v1.ConfigMap(
        `${name}-${configMap}`,
        {
            metadata: { name: configMap, namespace: hostNamespace },
            data: { [file]: JSON.stringify(content, undefined, 2) },
        },
        opts,
    );
}

const digest = (content: object) =>
    createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 12);
