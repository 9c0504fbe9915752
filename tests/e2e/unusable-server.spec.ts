import assert from "node:assert/strict";
import { rootCertificates } from "node:tls";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import { Environment } from "../support/environment";
import { type Inventories, inventoriesOf } from "../support/inventory";

describe("an update", function () {
    this.timeout(300_000);
    let environment: Environment;
    /** Of every cluster, before anything was deployed. */
    let untouched: Inventories;

    before("start a federation", async function () {
        this.timeout(60 * 60_000);
        environment = await Environment.start();
        untouched = await inventoriesOf(environment);
    });

    after("stop it", () => environment?.stop());

    describe("with a server that cannot be used", () => {
        const kubeconfigWith = (changes: object): string => {
            const original = environment.settings.karmada.kubeconfig;
            const config = parse(readFileSync(original, "utf8")) as { clusters: Clusters };
            Object.assign(config.clusters[0]!.cluster, changes);
            const file = path.join(environment.stateDir, "changed-kubeconfig.yaml");
            writeFileSync(file, stringify(config), { mode: 0o600 });
            return file;
        };
        type Clusters = { cluster: Record<string, unknown> }[];

        const refused = async (changes: object, message: RegExp): Promise<void> => {
            const { settings } = environment;
            const karmada = { ...settings.karmada, kubeconfig: kubeconfigWith(changes) };
            await assert.rejects(
                environment.pulumi({ ...settings, karmada }, "up", "--yes"),
                message,
            );
            assert.deepEqual(await inventoriesOf(environment), untouched);
        };

        it("names the server that does not answer, and makes nothing", () =>
            refused(
                { server: "https://127.0.0.1:9" },
                /cannot reach https:\/\/127\.0\.0\.1:9: nothing listens there/,
            ));

        it("says that its certificate is of another authority, and makes nothing", () => {
            const other = Buffer.from(rootCertificates[0]!).toString("base64");
            return refused(
                { "certificate-authority-data": other },
                /not signed by the kubeconfig's certificate authority/,
            );
        });
    });
});
