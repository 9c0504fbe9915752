import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StackFiles } from "../../../stacks/files";
import { parseSettings } from "../../../stacks/parseSettings";
import { sampleKubeconfig, sampleSigner } from "../../support/kubeconfigs";
import { temporaryFolder } from "../../support/temporary";
import { changed, type Config, configOf } from "./stackFiles";

const p = "pulumi-karmada-eks";
const secret = "do-not-show-this";

describe("the files that a stack file names", () => {
    const folder = temporaryFolder();
    const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
    put("good.yaml", sampleKubeconfig());
    put("ca.crt", String(sampleSigner.certPem));
    put("ca.key", String(sampleSigner.privateKeyPem));
    put("token", secret);
    put("half.yaml", `current-context: x\nusers: [{ name: x, user: { token: ${secret} } }]`);
    put("empty.yaml", "");
    mkdirSync(join(folder, "folder"));

    function problems(config: Config): string[] {
        const parsed = parseSettings(config, new StackFiles(folder));
        const found = "problems" in parsed ? parsed.problems : [];
        return found.map(({ path, message }) => `${path} ${message}`);
    }

    const existing = (kubeconfigs: string[], clientSigner: object | undefined): Config => ({
        [`${p}:kind`]: "existing",
        [`${p}:karmada`]: { kubeconfig: "good.yaml", clientSigner },
        [`${p}:members`]: kubeconfigs.map((kubeconfig, at) => ({
            name: `member${at}`,
            mode: "push",
            kubeconfig,
        })),
        [`${p}:workloads`]: [],
    });

    it("are read where they are good", () => {
        const signer = { certificate: "ca.crt", privateKey: "ca.key" };
        assert.deepEqual(problems(existing(["good.yaml"], signer)), []);
    });

    it("are told together with whatever else is wrong, and never what is in them [MEM-4]", () => {
        const files = ["none.yaml", "folder", "empty.yaml", "half.yaml", "token"];
        const signer = { certificate: "ca.key", privateKey: "token" };
        const config = changed(existing(files, signer), "members.0.mode", "pul");
        const told = problems(config);

        assert.deepEqual(told, [
            `${p}:members[0].mode is "pul"; did you mean "pull"?`,
            `${p}:karmada.clientSigner.certificate names "ca.key", which is not a certificate in PEM.`,
            `${p}:karmada.clientSigner.privateKey names "token", which is no private key in PEM.`,
            `${p}:members[0].kubeconfig names "none.yaml", which does not exist; it is looked for from the project's folder.`,
            `${p}:members[1].kubeconfig names "folder", which is a folder.`,
            `${p}:members[2].kubeconfig names "empty.yaml", which is empty, and so no kubeconfig.`,
            `${p}:members[3].kubeconfig names "half.yaml", which has the current context "x", but no context of that name.`,
            `${p}:members[4].kubeconfig names "token", which is not YAML of a kubeconfig.`,
        ]);
        assert.doesNotMatch(told.join(), new RegExp(secret));
    });

    it("are told once where none is named", () => {
        const config = changed(existing(["good.yaml"], undefined), "members.0.kubeconfig", "");
        assert.deepEqual(problems(config), [
            `${p}:members[0].kubeconfig is empty; name the file of an administrator's kubeconfig.`,
        ]);
    });

    it("are those of members that are no EKS clusters, too", () => {
        const dev = configOf("Pulumi.dev.yaml");
        const members = dev[`${p}:members`] as Config[];
        const [first, ...others] = members;
        const elsewhere = { ...first, newCluster: undefined, kubeconfig: "none.yaml" };
        assert.deepEqual(problems(changed(dev, "members", [elsewhere, ...others])), [
            `${p}:members[0].kubeconfig names "none.yaml", which does not exist; it is looked for from the project's folder.`,
        ]);
    });
});
