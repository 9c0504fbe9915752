import type { KarmadaBackupStoreArgs } from "../../components/backupStore/backupStore";
import { checkStore, storeDefaults } from "../../components/backupStore/storeChecks";
import type { JwtIssuer } from "../../components/controlPlane/apiServerFiles";
import { type BackupSettings, checkBackup } from "../../components/controlPlane/backup/backupPlan";
import { checkControlPlane, controlPlaneFacts } from "../../components/controlPlane/checks";
import type { ZoneSpread } from "../../components/controlPlane/etcd/etcdPlan";
import type {
    EtcdSettings,
    KarmadaControlPlaneArgs,
} from "../../components/controlPlane/karmadaControlPlane";
import { limitedParts, type MemoryLimits } from "../../components/controlPlane/memoryLimits";
import { given, withDefaults } from "../../components/support/givenArgs";
import { storageClassName } from "../../components/parentCluster/storageClassName";
import type { Reader } from "../reader";
import { type SiteSettings, toldAtTop } from "./regionSettings";

export type KarmadaSettings = Omit<
    KarmadaControlPlaneArgs,
    "kubeconfig" | "endpoint" | "nodePort" | "backup"
>;

export const defaultKarmada: KarmadaSettings = { etcd: { storageClassName } };

export function readKarmada(reader: Reader): KarmadaSettings {
    const settings: KarmadaSettings = {
        etcd: { storageClassName, ...reader.optionalMapping("etcd", readEtcd) },
        servers: reader.optionalNumber("servers"),
        controllers: reader.optionalNumber("controllers"),
        memoryLimits: reader.optionalMapping("memoryLimits", readMemoryLimits),
        extraNames: reader.texts("extraNames"),
        versions: reader.optionalMapping("versions", readVersions),
        issuers: reader.optionalMappings("issuers", readIssuer),
        encryptionGenerations: reader.numbers("encryptionGenerations"),
        pki: reader.optionalMapping("pki", readPki),
        optional: reader.optionalMapping("optional", readOptionalParts),
        monitoring: reader.optionalMapping("monitoring", readMonitoring),
        strict: reader.flag("strict"),
        destroyWithMembers: reader.flag("destroyWithMembers"),
    };
    // Where clients call is not known yet.
    const endpoint = { host: "karmada.example.com", port: 32443 };
    reader.check(checkControlPlane(controlPlaneFacts({ ...settings, endpoint }), new Date()));
    return settings;
}

const readEtcd = (reader: Reader): Partial<EtcdSettings> =>
    given({
        members: reader.optionalNumber("members"),
        storageClassName: reader.optionalText("storageClassName"),
        storageSize: reader.optionalText("storageSize"),
        quota: reader.optionalText("quota"),
        // Which words there are is for the component to say.
        zoneSpread: reader.optionalText("zoneSpread") as ZoneSpread | undefined,
        retainVolumes: reader.flag("retainVolumes"),
    });

const readMemoryLimits = (reader: Reader): MemoryLimits =>
    given(Object.fromEntries(limitedParts.map((part) => [part, reader.optionalText(part)])));

const readVersions = (reader: Reader): KarmadaControlPlaneArgs["versions"] =>
    given({
        karmada: reader.optionalText("karmada"),
        kubernetes: reader.optionalText("kubernetes"),
        etcd: reader.optionalText("etcd"),
    });

const readIssuer = (reader: Reader): JwtIssuer => ({
    url: reader.text("url", 'give its address, such as "https://id.example.com"'),
    audiences: reader.texts("audiences") ?? [],
    usernameClaim: reader.text(
        "usernameClaim",
        'name the claim with the user\'s name, such as "email"',
    ),
    usernamePrefix: reader.text("usernamePrefix", 'give one of its own, such as "people:"'),
    ...given({
        groupsClaim: reader.optionalText("groupsClaim"),
        certificateAuthority: reader.optionalText("certificateAuthority"),
    }),
});

const readPki = (reader: Reader): KarmadaControlPlaneArgs["pki"] => ({
    generation: reader.optionalNumber("generation"),
    authorities: reader.optionalMapping("authorities", (authorities) => ({
        signing: authorities.number("signing", "give the number of the authorities that sign"),
        trusted: authorities.numbers("trusted") ?? [],
    })),
});

const readOptionalParts = (reader: Reader): KarmadaControlPlaneArgs["optional"] => ({
    descheduler: reader.flag("descheduler"),
    search: reader.flag("search"),
    metricsAdapter: reader.flag("metricsAdapter"),
    estimators: reader.flag("estimators"),
});

const readMonitoring = (reader: Reader): KarmadaControlPlaneArgs["monitoring"] => ({
    namespace: reader.text("namespace", 'name Prometheus\'s namespace, such as "monitoring"'),
    labels: reader.labels("labels"),
    oldestBackupHours: reader.optionalNumber("oldestBackupHours"),
});

/** The bucket, and what goes there when. */
export interface SnapshotSettings {
    readonly store: Pick<KarmadaBackupStoreArgs, "keep" | "deletedDays">;
    readonly job: Omit<BackupSettings, "bucket" | "region" | "endpoint" | "credentials">;
}

export function readBackup(reader: Reader, site: SiteSettings): SnapshotSettings {
    const store = {
        keep: reader.flag("keep"),
        deletedDays: reader.optionalNumber("deletedDays"),
    };
    const job = {
        prefix: reader.optionalText("prefix"),
        schedule: reader.optionalText("schedule"),
        retentionDays: reader.optionalNumber("retentionDays"),
        restoreFrom: reader.optionalText("restoreFrom"),
    };
    reader.check(
        [
            ...checkStore({ ...withDefaults(storeDefaults, store), ...site }),
            // The bucket's name is made up only when it is made.
            ...checkBackup({ bucket: "snapshots", ...job }),
        ],
        toldAtTop,
    );
    return { store, job };
}
