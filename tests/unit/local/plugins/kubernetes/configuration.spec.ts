import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import {
    checkConfiguration,
    configure,
    diffConfiguration,
} from "../../../../../local/plugins/kubernetes/configuration";
import { SecretValue, Unknown } from "../../../../../local/plugins/protocol/provider";
import { sampleKubeconfig } from "../../../../support/kubeconfigs";
import { temporaryFolder } from "../../../../support/temporary";

const here = sampleKubeconfig();
const renewed = here.replace("do-not-show-this-token", "another-token");
const elsewhere = sampleKubeconfig("https://elsewhere.example.com:6443");

describe("configuration of the kubernetes provider", () => {
    const folder = temporaryFolder();

    it("takes a kubeconfig by its text or by the path of its file", () => {
        const file = path.join(folder, "config.yaml");
        writeFileSync(file, here, { mode: 0o600 });
        for (const kubeconfig of [here, file, new SecretValue(here)]) {
            const { client, namespace } = configure({ kubeconfig });
            assert.equal(client.server, "https://karmada.example.com:32443");
            assert.equal(namespace, "default");
        }
        assert.equal(configure({ kubeconfig: here, namespace: "team" }).namespace, "team");
    });

    it("reads flags as the SDK sends them: as words", () => {
        const { configMapsMutable, secretsMutable, upsert } = configure({
            kubeconfig: here,
            enableSecretMutable: "true",
            upsertExistingObjects: true,
        });
        assert.deepEqual([configMapsMutable, secretsMutable, upsert], [false, true, true]);
    });

    it("tells what is wrong with a kubeconfig without showing it", () => {
        const reasons = (kubeconfig: string) => checkConfiguration({ kubeconfig })[0]?.reason ?? "";
        assert.match(reasons("/nowhere/config"), /there is no file "\/nowhere\/config"/);
        const broken = reasons(`${here}\n  - ]`);
        assert.match(broken, /not valid YAML/);
        assert.ok(!broken.includes("do-not-show-this-token"));
        assert.deepEqual(checkConfiguration({ kubeconfig: here }), []);
    });

    it("shows nothing of a kubeconfig that is encoded, or of any text that is no path", () => {
        const encoded = Buffer.from(here).toString("base64");
        const wrapped = encoded.replace(/.{76}/g, "$&\n");
        for (const kubeconfig of [encoded, wrapped, "do-not-show-this-token"]) {
            const [failure] = checkConfiguration({ kubeconfig });
            assert.equal(
                failure?.reason,
                "is neither a kubeconfig nor the path of one; decode what is encoded in base64",
            );
        }
    });

    it("names the file that is not there, however its path is written", () => {
        for (const kubeconfig of ["./nowhere", "../no where/config", "nowhere.yaml", "C:\\no"]) {
            const [failure] = checkConfiguration({ kubeconfig });
            assert.ok(failure?.reason.includes(`there is no file "${kubeconfig}"`), kubeconfig);
        }
    });

    it("waits with its judgement while the kubeconfig is not known", () => {
        assert.deepEqual(checkConfiguration({ kubeconfig: Unknown }), []);
    });

    it("refuses options it would not honour, and the values alone for which that matters", () => {
        const refused = {
            renderYamlToDirectory: "x",
            enableServerSideApply: "false",
            skipUpdateUnreachable: true,
        };
        assert.deepEqual(
            checkConfiguration({ kubeconfig: here, ...refused }).map(({ reason }) => reason),
            Object.entries(refused).map(
                ([option, value]) =>
                    `"${option}: ${value}" is not supported here; leave it out, or use the official plugin`,
            ),
        );
        const honoured = { enableServerSideApply: true, skipUpdateUnreachable: "false" };
        assert.deepEqual(checkConfiguration({ kubeconfig: here, ...honoured }), []);
    });
});

describe("a change of the provider's configuration", () => {
    const file = path.join(temporaryFolder(), "config.yaml");
    const { KUBECONFIG = "" } = process.env;
    before(() => writeFileSync(file, here, { mode: 0o600 }));
    // As good as unset.
    afterEach(() => void (process.env.KUBECONFIG = KUBECONFIG));

    const replaces = (old: object, now: object) =>
        diffConfiguration({ kubeconfig: here, ...old }, { kubeconfig: here, ...now }).replaces;

    it("is none when nothing changed", () => {
        assert.equal(diffConfiguration({ kubeconfig: here }, { kubeconfig: here }).changes, false);
    });

    it("replaces nothing when only the credentials are new", () => {
        assert.deepEqual(replaces({}, { kubeconfig: renewed }), []);
        assert.equal(
            diffConfiguration({ kubeconfig: here }, { kubeconfig: renewed }).changes,
            true,
        );
    });

    it("replaces everything when the server is another", () => {
        assert.deepEqual(replaces({}, { kubeconfig: elsewhere }), ["kubeconfig"]);
    });

    it("goes by the cluster identifier when both have one", () => {
        const one = { clusterIdentifier: "one" };
        assert.deepEqual(replaces(one, { ...one, kubeconfig: elsewhere }), []);
        assert.deepEqual(replaces(one, { ...one, kubeconfig: Unknown }), []);
        assert.deepEqual(replaces(one, { clusterIdentifier: "two" }), ["clusterIdentifier"]);
    });

    it("replaces everything while nobody can tell which cluster it will be", () => {
        // Not even if the user's own is that of the old one.
        process.env.KUBECONFIG = file;
        assert.deepEqual(replaces({}, { kubeconfig: Unknown }), ["kubeconfig"]);
        assert.deepEqual(replaces({}, { context: Unknown }), ["context"]);
    });
});
