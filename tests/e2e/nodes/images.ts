import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { cacheFolder } from "../../../local/toolchain/cache";
import { pinOf, recipeOf } from "../../../local/toolchain/catalog";
import type { Progress } from "../../../local/support/progress";
import { ensureBinaries, type BinaryName } from "../../../local/toolchain";
import { dockerArchive, type Entry } from "./dockerArchive";

/** An image with programs of this machine in it. */
export interface Image {
    /** With tag. */
    readonly name: string;
    /** Path in the image, without the leading slash, to the program's file on this machine. */
    readonly programs: Readonly<Record<string, string>>;
    readonly entrypoint?: readonly string[];
    /** Whether a shell and the usual tools are in it. */
    readonly shell?: boolean;
}

const busybox = "/bin/busybox";

export const pauseImage = "localhost/pause:1";
export const shellImage = "localhost/busybox:1.35";

/** Images that every cluster has. */
const basicImages: readonly Image[] = [
    {
        name: pauseImage,
        programs: { "bin/busybox": busybox },
        entrypoint: ["/bin/busybox", "sleep", "2147483647"],
    },
    { name: shellImage, programs: {}, shell: true },
];

const kubernetes = ["kube-apiserver", "kube-controller-manager"] as const;
const karmada = [
    "karmada-controller-manager",
    "karmada-scheduler",
    "karmada-webhook",
    "karmada-aggregated-apiserver",
] as const;
const optionalKarmada = [
    "karmada-descheduler",
    "karmada-metrics-adapter",
    "karmada-scheduler-estimator",
    "karmada-search",
] as const;
const previousKarmada = [
    "karmada-previous-controller-manager",
    "karmada-previous-scheduler",
    "karmada-previous-webhook",
    "karmada-previous-aggregated-apiserver",
] as const;
const etcd = ["etcd", "etcdctl", "etcdutl"] as const;

/** A bucket's server, for tests alone. */
export const storeImage = `localhost/gofakes3:${versionOf("gofakes3")}`;

/** Of Karmada's control plane: names and places in them are those of the published ones. */
export async function controlPlaneImages(progress: Progress): Promise<Image[]> {
    const binaries = await ensureBinaries([...kubernetes, ...karmada, ...etcd], progress);
    return [
        {
            name: `registry.k8s.io/etcd:${versionOf("etcd").replace(/^v/, "")}-0`,
            programs: Object.fromEntries(
                etcd.map((name) => [`usr/local/bin/${name}`, binaries[name]]),
            ),
        },
        ...kubernetes.map((name) => ({
            name: `registry.k8s.io/${name}:${versionOf(name)}`,
            programs: { [`usr/local/bin/${name}`]: binaries[name] },
        })),
        ...karmada.map((name) => karmadaImage(name, name, binaries[name])),
    ];
}

/** Of what a control plane can do without. */
export async function optionalImages(progress: Progress): Promise<Image[]> {
    const binaries = await ensureBinaries([...optionalKarmada], progress);
    return optionalKarmada.map((name) => karmadaImage(name, name, binaries[name]));
}

/** Of Karmada's own operator, and of what it always runs and we do only when asked. */
export async function operatorImages(progress: Progress): Promise<Image[]> {
    const names = ["karmada-operator", "karmada-metrics-adapter"] as const;
    const binaries = await ensureBinaries(names, progress);
    return names.map((name) => karmadaImage(name, name, binaries[name]));
}

/** Of the release of Karmada before the pinned one: what differs from it. */
export async function previousImages(progress: Progress): Promise<Image[]> {
    const binaries = await ensureBinaries([...previousKarmada], progress);
    return previousKarmada.map((binary) =>
        karmadaImage(binary.replace("-previous", ""), binary, binaries[binary]),
    );
}

const karmadaImage = (name: string, binary: BinaryName, file: string): Image => ({
    name: `docker.io/karmada/${name}:${versionOf(binary)}`,
    programs: { [`bin/${name}`]: file },
});

/** What takes its snapshots to a bucket, and the bucket. */
export async function snapshotImages(progress: Progress): Promise<Image[]> {
    const binaries = await ensureBinaries(["rclone", "gofakes3"], progress);
    return [
        {
            name: `docker.io/rclone/rclone:${versionOf("rclone").replace(/^v/, "")}`,
            programs: { "usr/local/bin/rclone": binaries.rclone },
        },
        { name: storeImage, programs: { gofakes3: binaries.gofakes3 } },
    ];
}

export const dnsImageName = `registry.k8s.io/coredns/coredns:${versionOf("coredns")}`;

/** What the cluster's own pods need. */
export const systemImages = (coredns: string): readonly Image[] => [
    ...basicImages,
    { name: dnsImageName, programs: { coredns }, entrypoint: ["/coredns"] },
];

function versionOf(name: BinaryName): string {
    return pinOf(recipeOf(name).module).version;
}

/** The image's archive, made once and kept beside the toolchain. */
export function archiveOf(image: Image): string {
    const parts = { ...image, programs: Object.entries(image.programs).map(fingerprint) };
    const key = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
    const file = path.join(cacheFolder(), "images", `${key}.tar`);
    if (!existsSync(file)) {
        mkdirSync(path.dirname(file), { recursive: true });
        const { name, entrypoint } = image;
        const made = dockerArchive({ name, entrypoint, entries: entriesOf(image) });
        const unfinished = `${file}.${process.pid}`;
        writeFileSync(unfinished, made);
        renameSync(unfinished, file);
    }
    return file;
}

function fingerprint([place, file]: readonly [string, string]): string {
    const { size, mtimeMs } = statSync(file);
    return [place, file, size, mtimeMs].join();
}

function entriesOf({ programs, shell }: Image): Entry[] {
    const files = Object.entries(shell ? { ...programs, "bin/busybox": busybox } : programs);
    const applets = shell ? execFileSync(busybox, ["--list"], { encoding: "utf8" }) : "";
    return [
        ...files.map(([place, file]) => ({ path: place, content: readFileSync(file) })),
        ...applets
            .split("\n")
            .filter((applet) => applet !== "" && applet !== "busybox")
            .map((applet) => ({ path: `bin/${applet}`, linkTo: "/bin/busybox" })),
    ];
}
