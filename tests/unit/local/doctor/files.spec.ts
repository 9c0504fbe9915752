import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { examination, lines } from "./examination";

const kubeconfig = JSON.stringify({
    "current-context": "it",
    contexts: [{ name: "it", context: { cluster: "it", user: "it" } }],
    clusters: [{ name: "it", cluster: { server: "https://it.example:6443" } }],
    users: [{ name: "it", user: { token: "none" } }],
});

describe("the doctor and files that the stack file names [PAR-6]", function () {
    this.timeout(60_000);
    const { folder, says, stackFileSays } = examination();

    const fileOf = (name: string, text: string, mode: number): string => {
        const file = path.join(folder, name);
        writeFileSync(file, text);
        chmodSync(file, mode);
        return file;
    };
    /** A Karmada and a member that are there, each by its kubeconfig. */
    const joining = (karmada: string, member: string) =>
        stackFileSays(
            "  pulumi-karmada-eks:kind: existing",
            `  pulumi-karmada-eks:karmada: { kubeconfig: ${karmada} }`,
            "  pulumi-karmada-eks:members:",
            `    - { name: one, mode: push, kubeconfig: ${member} }`,
            "  pulumi-karmada-eks:workloads: []",
        );
    const found = async () => (await says()).filter(({ subject }) => subject === "files");

    it("finds those that only their owner reads", async () => {
        const file = fileOf("good.yaml", kubeconfig, 0o600);
        joining(file, file);

        const ok = `ok files: ${file} is there`;
        assert.deepEqual(lines(await found()), [ok, ok]);
    });

    it("warns of one that others may read, and says how it is closed", async () => {
        const file = fileOf("open.yaml", kubeconfig, 0o644);
        joining(fileOf("good.yaml", kubeconfig, 0o600), file);
        const [, finding] = await found();

        assert.deepEqual(lines([finding!]), [
            `warning files: ${file} is for others to read, too (mode 0644)`,
        ]);
        assert.equal(finding!.remedy, `chmod 600 ${file}`);
    });

    it("names the key of one that is not there, or is no kubeconfig", async () => {
        const file = fileOf("text.yaml", "no: kubeconfig", 0o600);
        joining("nowhere/karmada.yaml", file);

        const [missing, wrong] = lines(await found());
        assert.match(
            missing!,
            /^problem files: pulumi-karmada-eks:karmada\.kubeconfig names "nowhere\/karmada\.yaml", which does not exist/,
        );
        assert.match(
            wrong!,
            /^problem files: pulumi-karmada-eks:members\[0\]\.kubeconfig names .*text\.yaml", which has no current context/,
        );
    });
});
