import type { KarmadaBackupStoreArgs } from "../../components/backupStore/backupStore";
import { checkStore, storeDefaults } from "../../components/backupStore/storeChecks";
import { type BackupSettings, checkBackup } from "../../components/controlPlane/backup/backupPlan";
import { checkControlPlane, controlPlaneFacts } from "../../components/controlPlane/checks";
import type { ZoneSpread } from "../../components/controlPlane/etcd/etcdPlan";
import type {
    EtcdSettings,
    KarmadaControlPlaneArgs,
} from "../../components/controlPlane/karmadaControlPlane";
import { given, withDefaults } from "../../components/support/givenArgs";
import { storageClassName } from "../../components/parentCluster/storageClassName";
import type { Reader } from "../reader";
import { type SiteSettings, toldAtTop } from "./regionSettings";

export type KarmadaSettings = Omit<
    KarmadaControlPlaneArgs,
    "kubeconfig" | "endpoint" | "nodePort" | "backup"
>;

export function readKarmada(reader: Reader | undefined): KarmadaSettings {
    if (!reader) return { etcd: { storageClassName } };
    const settings: KarmadaSettings = {
        etcd: readEtcd(reader.optionalMapping("etcd")),
        servers: reader.optionalNumber("servers"),
        controllers: reader.optionalNumber("controllers"),
        extraNames: reader.texts("extraNames"),
        versions: readVersions(reader.optionalMapping("versions")),
        encryptionGenerations: reader.numbers("encryptionGenerations"),
        pki: readPki(reader.optionalMapping("pki")),
        optional: readOptionalParts(reader.optionalMapping("optional")),
        monitoring: readMonitoring(reader.optionalMapping("monitoring")),
        strict: reader.flag("strict"),
        destroyWithMembers: reader.flag("destroyWithMembers"),
    };
    reader.refuseOthers();
    // Where clients call is not known yet.
    const endpoint = { host: "karmada.example.com", port: 32443 };
    reader.check(() => checkControlPlane(controlPlaneFacts({ ...settings, endpoint }), new Date()));
    return settings;
}

function readEtcd(reader: Reader | undefined): EtcdSettings {
    const said = reader && {
        members: reader.optionalNumber("members"),
        storageClassName: reader.optionalText("storageClassName"),
        storageSize: reader.optionalText("storageSize"),
        quota: reader.optionalText("quota"),
        // Which words there are is for the component to say.
        zoneSpread: reader.optionalText("zoneSpread") as ZoneSpread | undefined,
        retainVolumes: reader.flag("retainVolumes"),
    };
    reader?.refuseOthers();
    return { storageClassName, ...given(said ?? {}) };
}

function readVersions(reader: Reader | undefined): KarmadaControlPlaneArgs["versions"] {
    const versions = reader && {
        karmada: reader.optionalText("karmada"),
        kubernetes: reader.optionalText("kubernetes"),
        etcd: reader.optionalText("etcd"),
    };
    reader?.refuseOthers();
    return versions && given(versions);
}

function readPki(reader: Reader | undefined): KarmadaControlPlaneArgs["pki"] {
    const authorities = reader?.optionalMapping("authorities");
    const pki = reader && {
        generation: reader.optionalNumber("generation"),
        authorities: authorities && {
            signing: authorities.number("signing"),
            trusted: authorities.numbers("trusted") ?? [],
        },
    };
    authorities?.refuseOthers();
    reader?.refuseOthers();
    return pki;
}

function readOptionalParts(reader: Reader | undefined): KarmadaControlPlaneArgs["optional"] {
    const parts = reader && {
        descheduler: reader.flag("descheduler"),
        search: reader.flag("search"),
        metricsAdapter: reader.flag("metricsAdapter"),
        estimators: reader.flag("estimators"),
    };
    reader?.refuseOthers();
    return parts;
}

function readMonitoring(reader: Reader | undefined): KarmadaControlPlaneArgs["monitoring"] {
    const monitoring = reader && {
        namespace: reader.text("namespace"),
        labels: reader.labels("labels"),
        oldestBackupHours: reader.optionalNumber("oldestBackupHours"),
    };
    reader?.refuseOthers();
    return monitoring;
}

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
    reader.refuseOthers();
    reader.check(
        () => [
            ...checkStore({ ...withDefaults(storeDefaults, store), ...site }),
            // The bucket's name is made up only when it is made.
            ...checkBackup({ bucket: "snapshots", ...job }),
        ],
        toldAtTop,
    );
    return { store, job };
}
