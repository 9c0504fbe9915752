import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { type HostFacts, userData } from "../../../../components/managementHost/userData";

const facts: HostFacts = {
    region: "eu-central-1",
    clusterName: "karmada-parent",
    architecture: "x86_64",
    karmadaVersion: "1.18.1",
};

describe("what the management host runs first [HOST-1]", () => {
    it("is a script that a shell can read", () => {
        const parsed = (text: string) =>
            execFileSync("bash", ["-n"], { input: text, encoding: "utf8", stdio: "pipe" });
        assert.equal(parsed(userData(facts)), "");
        assert.equal(parsed(userData({ ...facts, karmadactlSha256: "0".repeat(64) })), "");
    });

    it("verifies each tool before it installs it", () => {
        for (const tool of ["kubectl", "karmadactl"]) {
            const text = userData(facts);
            const verified = text.search(new RegExp(`^verify .*${tool}`, "m"));
            const installed = text.indexOf(`install -m 0755 ${tool} `);
            assert.ok(verified > 0 && verified < installed, tool);
        }
    });

    it("stops at a tool that is not what it should be", () => {
        const [, , , verify] = userData(facts).split("\n");
        const run = (checksum: string) =>
            execFileSync(
                "bash",
                [
                    "-c",
                    `set -euo pipefail; ${verify}; cd "$(mktemp -d)"; : > empty; verify ${checksum} empty`,
                ],
                { stdio: "pipe" },
            );
        // Of nothing at all.
        run("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert.throws(() => run("0".repeat(64)));
    });

    it("takes the tools for its processor", () => {
        assert.match(userData(facts), /linux\/amd64\/kubectl .*\n.*36e2f4ac/);
        assert.match(userData(facts), /karmadactl-linux-amd64\.tgz/);
        const arm = userData({ ...facts, architecture: "arm64" });
        assert.match(arm, /linux\/arm64\/kubectl .*\n.*706256e2/);
        assert.match(arm, /karmadactl-linux-arm64\.tgz/);
        assert.doesNotMatch(arm, /amd64/);
    });

    it("takes a checksum that somebody knows, rather than the one beside the archive", () => {
        const text = userData({ ...facts, karmadactlSha256: "ab".repeat(32) });
        assert.match(text, new RegExp(`^checksum=${"ab".repeat(32)}$`, "m"));
        assert.doesNotMatch(text, /tgz\.sha256/);
        assert.match(userData(facts), /v1\.18\.1\/karmadactl-linux-amd64\.tgz\.sha256/);
    });

    it("leaves a kubeconfig of the parent, without a credential", () => {
        assert.match(
            userData(facts),
            /aws eks update-kubeconfig --region eu-central-1 --name karmada-parent .* --kubeconfig \/etc\/karmada\/parent\.kubeconfig/,
        );
    });
});
