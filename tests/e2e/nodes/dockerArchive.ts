import { createHash } from "node:crypto";

/** What is put into an image: a file with its content, or a link to one. */
export type Entry =
    | { readonly path: string; readonly content: Buffer }
    | { readonly path: string; readonly linkTo: string };

export interface ArchivedImage {
    /** With tag. */
    readonly name: string;
    readonly entries: readonly Entry[];
    readonly entrypoint?: readonly string[];
    readonly user?: string;
}

/** The image as `docker save` would write it: one layer, everything readable and executable by all. */
export function dockerArchive({ name, entries, entrypoint, user }: ArchivedImage): Buffer {
    const layer = tar([...foldersOf(entries), ...entries]);
    const config = json({
        architecture: process.arch === "arm64" ? "arm64" : "amd64",
        os: "linux",
        config: {
            Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
            ...(entrypoint && { Entrypoint: entrypoint }),
            ...(user && { User: user }),
        },
        rootfs: { type: "layers", diff_ids: [`sha256:${sha256(layer)}`] },
    });
    const configName = `${sha256(config)}.json`;
    const manifest = [{ Config: configName, RepoTags: [name], Layers: ["layer.tar"] }];
    return tar([
        { path: configName, content: config },
        { path: "layer.tar", content: layer },
        { path: "manifest.json", content: json(manifest) },
    ]);
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");

/** `/tmp` besides those that the entries lie in: many programs expect it. */
function foldersOf(entries: readonly Entry[]): { path: string; mode: number }[] {
    const folders = new Set<string>();
    for (const { path } of entries) {
        const parts = path.split("/").slice(0, -1);
        parts.forEach((_, index) => folders.add(`${parts.slice(0, index + 1).join("/")}/`));
    }
    return [
        ...[...folders].sort().map((path) => ({ path, mode: 0o755 })),
        { path: "tmp/", mode: 0o1777 },
    ];
}

const block = 512;

function tar(entries: readonly (Entry | { path: string; mode: number })[]): Buffer {
    const parts = entries.flatMap((entry) => {
        if ("mode" in entry) return [header(entry.path, "5", entry.mode, 0, "")];
        if ("linkTo" in entry) return [header(entry.path, "2", 0o777, 0, entry.linkTo)];
        const { path, content } = entry;
        const padding = Buffer.alloc((block - (content.length % block)) % block);
        return [header(path, "0", 0o755, content.length, ""), content, padding];
    });
    return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

/** One entry's header in the ustar format; times and owners are zero, so that equal input is equal. */
function header(path: string, type: string, mode: number, size: number, linkTo: string): Buffer {
    if (Buffer.byteLength(path) > 100) throw new Error(`"${path}" is too long for an archive`);
    const made = Buffer.alloc(block);
    const octal = (value: number, at: number, length: number) =>
        made.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at);
    made.write(path, 0);
    octal(mode, 100, 8);
    octal(0, 108, 8);
    octal(0, 116, 8);
    octal(size, 124, 12);
    octal(0, 136, 12);
    made.write(" ".repeat(8), 148);
    made.write(type, 156);
    made.write(linkTo, 157);
    made.write("ustar\0" + "00", 257);
    const sum = made.reduce((total, byte) => total + byte, 0);
    made.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return made;
}
