import * as assert from "node:assert/strict";
import { readKubeconfig } from "../../../../local/kube";
import { UserError } from "../../../../local/support/errors";
import { sampleKubeconfig } from "../../../support/kubeconfigs";

const good = sampleKubeconfig();

describe("reading a kubeconfig", () => {
    it("finds the server and the credentials of the current context", async () => {
        const access = readKubeconfig(good);
        assert.equal(access.server.href, "https://karmada.example.com:32443/");
        assert.equal(access.namespace, "default");
        assert.equal((await access.headers()).Authorization, "Bearer do-not-show-this-token");
        assert.equal(String((await access.tls()).ca), "CA of main");
    });

    it("takes another context or cluster when asked to", () => {
        const config = JSON.stringify({
            clusters: ["a", "b"].map((name) => ({ name, cluster: { server: `https://${name}` } })),
            users: [{ name: "u", user: {} }],
            contexts: ["a", "b"].map((name) => {
                return { name, context: { cluster: name, user: "u", namespace: `of-${name}` } };
            }),
            "current-context": "a",
        });
        assert.equal(readKubeconfig(config).server.host, "a");
        const other = readKubeconfig(config, { context: "b" });
        assert.deepEqual([other.server.host, other.namespace], ["b", "of-b"]);
        const mixed = readKubeconfig(config, { cluster: "b" });
        assert.deepEqual([mixed.server.host, mixed.namespace], ["b", "of-a"]);
    });

    const bad: [string, string, RegExp, object?][] = [
        ["that is empty", "", /empty or not a kubeconfig/],
        ["that is something else", "hello", /not a kubeconfig/],
        ["that is no YAML", `${good}  - ]`, /not valid YAML or JSON: .* in line \d+/],
        ["without a current context", good.replace(/current.*/, ""), /no current-context.*"admin"/],
        [
            "whose current context is missing",
            good.replace("current-context: admin", "current-context: root"),
            /there is no context "root"; it has "admin"/,
        ],
        ["without the wanted context", good, /there is no context "x"/, { context: "x" }],
        [
            "without the wanted cluster",
            good,
            /there is no cluster "x"; it has "main"/,
            { cluster: "x" },
        ],
        [
            "whose context names a missing user",
            good.replace("user: root", "user: nobody"),
            /context "admin" names user "nobody", which is not there; it has "root"/,
        ],
        ["whose server is no URL", good.replace("https://", ""), /not a URL like https/],
        [
            "whose cluster has no server",
            good.replace(/server:.*/, ""),
            /cluster\.server is missing/,
        ],
    ];
    for (const [what, text, message, options] of bad) {
        it(`refuses one ${what}, without showing its credentials`, () => {
            assert.throws(
                () => readKubeconfig(text, options),
                (error: Error) => {
                    assert.ok(error instanceof UserError);
                    assert.match(error.message, message);
                    assert.ok(!error.message.includes("do-not-show-this-token"));
                    return true;
                },
            );
        });
    }

    it("tells which user's certificate file cannot be read", async () => {
        const user = "user: { client-certificate: /nowhere/cert.pem }";
        const access = readKubeconfig(good.replace(/user: \{ token.*/, user));
        await assert.rejects(access.tls(), /credentials of user "root" cannot be used.*\/nowhere/);
    });
});
