import * as assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { createServer, Server } from "node:http";
import { KubeClient, readKubeconfig } from "../../../../local/kube";
import { UserError } from "../../../../local/support/errors";
import { eventually } from "../../../support/eventually";
import { kubeconfigOf, listening, stopped } from "../../../support/plainServer";
import { temporaryFolder } from "../../../support/temporary";
import { RunningPlugin } from "../plugins/runningPlugin";

const ref = { apiVersion: "v1", kind: "ConfigMap", name: "it" };

describe("a kubeconfig with a credential plugin", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const at = (name: string) => path.join(folder, name);
    let server: Server;
    let authorizations: (string | undefined)[];

    beforeEach(async () => {
        authorizations = [];
        server = createServer(({ headers }, response) => {
            authorizations.push(headers.authorization);
            response.end();
        });
        await listening(server);
    });
    afterEach(() => stopped(server));

    /** The plugin is this shell script. */
    const kubeconfig = (script: string) => {
        writeFileSync(at("plugin.sh"), script);
        const env = [{ name: "FOLDER", value: folder }];
        const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "sh", env };
        const users = [{ name: "u", user: { exec: { ...exec, args: [at("plugin.sh")] } } }];
        return JSON.stringify({ ...JSON.parse(kubeconfigOf(server)), users });
    };
    const printing = (status: object) =>
        `echo . >> $FOLDER/asked; cat <<END\n${JSON.stringify({ kind: "ExecCredential", status })}\nEND\n`;
    const timesAsked = () => readFileSync(at("asked"), "utf8").trim().split("\n").length;
    /** It has started something itself, as a script does. */
    const hanging = "sleep 600 & echo $! > $FOLDER/child; wait";
    const isStarted = () => eventually("its child", async () => existsSync(at("child")));
    const isGone = () => {
        const pid = readFileSync(at("child"), "utf8").trim();
        return eventually("its child's end", async () => !existsSync(`/proc/${pid}`));
    };
    afterEach(() => ["asked", "child"].forEach((name) => rmSync(at(name), { force: true })));

    it("asks it once for all, until the token ends", async () => {
        const soon = new Date(Date.now() + 60_000).toISOString();
        const text = kubeconfig(printing({ token: "one", expirationTimestamp: soon }));
        const client = KubeClient.fromKubeconfig(text);
        await Promise.all([client.raw("/"), client.raw("/"), client.raw("/")]);
        await client.raw("/");
        assert.deepEqual(authorizations, Array(4).fill("Bearer one"));
        assert.equal(timesAsked(), 1);
    });

    it("asks again after the token's end", async () => {
        const before = new Date(Date.now() - 1).toISOString();
        const text = kubeconfig(printing({ token: "one", expirationTimestamp: before }));
        const access = readKubeconfig(text);
        await access.headers();
        await access.headers();
        assert.equal(timesAsked(), 2);
    });

    it("takes its certificate", async () => {
        const status = { clientCertificateData: "the certificate", clientKeyData: "the key" };
        const { cert, key } = await readKubeconfig(kubeconfig(printing(status))).tls();
        assert.deepEqual([cert, key], ["the certificate", "the key"]);
    });

    it("ends one that hangs, with all it has started, and says what to do", async () => {
        const access = readKubeconfig(kubeconfig(hanging), { credentialTimeoutMs: 500 });
        await assert.rejects(access.headers(), (error: Error) => {
            assert.ok(error instanceof UserError);
            assert.match(
                error.message,
                /credentials of user "u" cannot be used: "sh .*plugin\.sh" gave no answer in 0\.5 seconds; run it in a terminal to see what it waits for/,
            );
            return true;
        });
        await isGone();
    });

    it("is tried again after a failure", async () => {
        const script = `[ -e $FOLDER/child ] || { touch $FOLDER/child; exit 1; }\n`;
        const status = { token: "two" };
        const client = KubeClient.fromKubeconfig(kubeconfig(script + printing(status)));
        await assert.rejects(client.raw("/"), /credentials of user "u" cannot be used/);
        await client.raw("/");
        assert.deepEqual(authorizations, ["Bearer two"]);
    });

    for (const printed of [
        "do-not-show-this-token",
        '{"token":"do-not-show-this-token"}',
        "null",
    ]) {
        it(`shows nothing of what it prints when that is no credential: ${printed}`, async () => {
            const access = readKubeconfig(kubeconfig(`echo '${printed}'`));
            await assert.rejects(access.headers(), ({ message }: Error) => {
                assert.match(message, /cannot be used: "sh" printed no credential$/);
                return true;
            });
        });
    }

    it("shows nothing of what it prints before it fails", async () => {
        const access = readKubeconfig(kubeconfig("echo do-not-show-this-token; exit 1"));
        await assert.rejects(access.headers(), ({ message }: Error) => {
            assert.match(message, /cannot be used: "sh .*plugin\.sh" failed$/);
            return true;
        });
    });

    it("says so when the kubeconfig does not tell how to run it", async () => {
        const good = kubeconfig("");
        for (const exec of [{}, { command: 1 }, { command: "sh", args: "a" }]) {
            const users = [{ name: "u", user: { exec } }];
            const access = readKubeconfig(JSON.stringify({ ...JSON.parse(good), users }));
            await assert.rejects(access.headers(), /its "exec" needs a command, and lists of args/);
        }
    });

    it("keeps nobody waiting who is told to end", async () => {
        const text = kubeconfig(hanging);
        const stop = new AbortController();
        const client = KubeClient.fromKubeconfig(text, { credentialTimeoutMs: 1_500 });
        const asking = client.cancelledBy(stop.signal).get(ref);
        asking.catch(() => undefined);
        await isStarted();
        stop.abort();
        await assert.rejects(asking, { name: "AbortError" });
        await isGone();
    });

    it("leaves nothing of it behind when the provider ends", async () => {
        const plugin = await RunningPlugin.start("kubernetes", folder);
        await plugin.answer("configure", { news: { kubeconfig: kubeconfig(hanging) } });
        const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "it" } };
        const type = "kubernetes:core/v1:ConfigMap";
        void plugin.answer("read", { type, id: "it", oldOutputs: configMap });
        await isStarted();
        plugin.process.kill("SIGINT");
        await isGone();
        plugin.stop();
    });
});
