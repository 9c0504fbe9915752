import assert from "node:assert/strict";
import {
    chmodSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { silent } from "../../../../local/support/progress";
import { ensureAssets, ensureBinaries } from "../../../../local/toolchain";
import { cachedPath } from "../../../../local/toolchain/cache";
import { pinOf } from "../../../../local/toolchain/catalog";
import { temporaryFolder } from "../../../support/temporary";

describe("the toolchain", () => {
    const folder = temporaryFolder();
    let count = 0;

    /** An empty cache and a PATH of one folder with the given programs (shell scripts) in it. */
    function machine(programs: Readonly<Record<string, string>>) {
        const root = path.join(folder, String(++count));
        const bin = path.join(root, "bin");
        mkdirSync(bin, { recursive: true });
        for (const [name, script] of Object.entries(programs)) {
            writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`);
            chmodSync(path.join(bin, name), 0o755);
        }
        const cache = path.join(root, "cache");
        const environment = { PATH: `${bin}:/bin:/usr/bin`, KARMADA_EKS_CACHE: cache };
        return { root, bin, cache, environment };
    }

    /** A Go that "builds" by writing the name of what it was asked for. */
    const go = (build: string, version = "go1.99.1") => `
if [ "$1" = version ]; then echo "go version ${version} linux/amd64"; exit 0; fi
while [ "$1" != -o ]; do shift; done
${build}`;

    const leftovers = (cache: string) =>
        readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((entry) =>
            /unfinished|lock/.test(entry),
        );

    it("without Go says what to install", async () => {
        const { environment, bin } = machine({});
        await assert.rejects(
            ensureBinaries(["etcd"], silent, { ...environment, PATH: bin }),
            /no Go compiler is on PATH\. Install Go 1\.26\.0 or later/,
        );
    });

    it("with a Go too old names it and what to install", async () => {
        const { environment } = machine({ go: go("", "go1.22") });
        await assert.rejects(
            ensureBinaries(["etcd"], silent, environment),
            /too old .*"go version go1\.22 linux\/amd64"\. Install Go 1\.26\.0 or later/,
        );
    });

    it("names a cache folder that cannot be written, and the variable that moves it", async () => {
        const { root } = machine({});
        const file = path.join(root, "a-file");
        writeFileSync(file, "");
        await assert.rejects(
            ensureBinaries(["etcd"], silent, { KARMADA_EKS_CACHE: path.join(file, "cache") }),
            /a-file\/cache cannot be written .*set KARMADA_EKS_CACHE/,
        );
    });

    it("builds once and then takes it from the cache, even without Go", async () => {
        const { environment, bin } = machine({ go: go('echo built > "$2"') });
        const first = await ensureBinaries(["etcd"], silent, environment);
        assert.equal(readFileSync(first.etcd, "utf8"), "built\n");
        assert.deepEqual(
            await ensureBinaries(["etcd"], silent, { ...environment, PATH: bin }),
            first,
        );
    });

    it("uses a binary on PATH when it has the pinned version", async () => {
        const { environment, bin } = machine({
            kwok: `echo "kwok version ${pinOf("kwok").version} go1.26.0 (linux/amd64)"`,
        });
        const { kwok } = await ensureBinaries(["kwok"], silent, environment);
        assert.equal(kwok, path.join(bin, "kwok"));
    });

    it("builds when the binary on PATH has another version", async () => {
        const { environment, cache } = machine({
            kwok: "echo kwok version v0.7.0",
            go: go('echo built > "$2"'),
        });
        const { kwok } = await ensureBinaries(["kwok"], silent, environment);
        assert.equal(kwok, cachedPath(cache, "kwok"));
    });

    it("uses a later Pulumi CLI on PATH, and no earlier one", async () => {
        const later = machine({ pulumi: "echo v3.999.0" });
        const { pulumi } = await ensureBinaries(["pulumi"], silent, later.environment);
        assert.equal(pulumi, path.join(later.bin, "pulumi"));

        const earlier = machine({ pulumi: "echo v3.100.0", go: go('echo built > "$2"') });
        const built = await ensureBinaries(["pulumi"], silent, earlier.environment);
        assert.equal(built.pulumi, cachedPath(earlier.cache, "pulumi"));
    });

    it("leaves nothing of a build that failed, shows the compiler's words, and builds next time", async () => {
        const { environment, cache, bin } = machine({
            go: go('echo half > "$2"; echo "undefined: everything" >&2; exit 1'),
        });
        await assert.rejects(
            ensureBinaries(["etcd"], silent, environment),
            /failed in .*etcd:\n {2}undefined: everything/,
        );
        assert.equal(existsSync(cachedPath(cache, "etcd")), false);
        assert.deepEqual(leftovers(cache), []);

        writeFileSync(path.join(bin, "go"), `#!/bin/sh\n${go('echo whole > "$2"')}\n`);
        const { etcd } = await ensureBinaries(["etcd"], silent, environment);
        assert.equal(readFileSync(etcd, "utf8"), "whole\n");
    });

    it("builds over what a killed build left", async () => {
        const { environment, cache } = machine({ go: go('echo whole > "$2"') });
        const unfinished = `${path.dirname(cachedPath(cache, "etcd"))}.unfinished`;
        mkdirSync(unfinished, { recursive: true });
        writeFileSync(path.join(unfinished, "etcd"), "half");
        writeFileSync(path.join(cache, "build.lock"), "999999@1\nx");
        const { etcd } = await ensureBinaries(["etcd"], silent, environment);
        assert.equal(readFileSync(etcd, "utf8"), "whole\n");
        assert.deepEqual(leftovers(cache), []);
    });

    it("asked twice at once builds once", async () => {
        const { environment, root } = machine({
            go: go('echo x >> "$BUILDS"; sleep 0.2; echo whole > "$2"'),
        });
        const builds = path.join(root, "builds");
        const ask = () => ensureBinaries(["etcd"], silent, { ...environment, BUILDS: builds });
        const [one, other] = await Promise.all([ask(), ask()]);
        assert.deepEqual(one, other);
        assert.equal(readFileSync(builds, "utf8"), "x\n");
    });

    it("unpacks upstream's data into files that can be deleted again", async () => {
        const { root, environment } = machine({});
        const source = path.join(root, "module");
        for (const place of ["charts/karmada/_crds/bases", "kustomize/stage"]) {
            mkdirSync(path.join(source, place), { recursive: true });
            writeFileSync(path.join(source, place, "a.yaml"), "kind: A\n", { mode: 0o444 });
        }
        writeFileSync(
            path.join(root, "bin", "go"),
            `#!/bin/sh\nif [ "$1" = version ]; then echo go version go1.99.0; else echo '{"Dir":"${source}"}'; fi\n`,
            { mode: 0o755 },
        );
        const assets = await ensureAssets(silent, environment);
        assert.equal(readFileSync(path.join(assets.kwokStages, "a.yaml"), "utf8"), "kind: A\n");
        writeFileSync(path.join(assets.karmadaCrds, "a.yaml"), "changed");
    });
});
