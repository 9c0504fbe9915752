import assert from "node:assert/strict";
import { readKubeconfig } from "../../../../local/kube";
import { renameCluster } from "../../../../local/kubeconfig/rename";

const arn = "arn:aws:eks:eu-central-1:999900001111:cluster/ekseucl01";

/** As "aws eks update-kubeconfig" writes it, with something of the user's own beside it. */
const kubeconfig = `# mine
apiVersion: v1
kind: Config
clusters:
  - cluster:
      server: https://one.example.com
    name: ${arn}
  - cluster:
      server: https://two.example.com
    name: other
contexts:
  - context:
      cluster: ${arn}
      user: ${arn}
    name: ${arn}
  - context:
      cluster: ${arn}
      user: ${arn}
      namespace: shop # where I work
    name: shop
  - context: { cluster: other, user: ${arn} }
    name: other
current-context: ${arn}
users:
  - name: ${arn}
    user:
      token: secret
`;

describe("giving a cluster another name in a kubeconfig [MEM-5]", () => {
    const renamed = renameCluster(kubeconfig, arn, "ekseucl01");

    it("changes its entry, what leads there, and the context of the same name; no user", () => {
        assert.deepEqual(
            renamed.split("\n").filter((line) => !kubeconfig.split("\n").includes(line)),
            [
                "    name: ekseucl01",
                "      cluster: ekseucl01",
                "    name: ekseucl01",
                "      cluster: ekseucl01",
                "current-context: ekseucl01",
            ],
        );
    });

    it("leaves a kubeconfig that leads where it did before", () => {
        for (const context of [undefined, "shop", "other"]) {
            assert.equal(
                readKubeconfig(renamed, { context }).server.href,
                readKubeconfig(kubeconfig, { context }).server.href,
            );
        }
    });

    it("is undone by the way back", () => {
        assert.equal(renameCluster(renamed, "ekseucl01", arn), kubeconfig);
    });

    const refusals: readonly (readonly [
        what: string,
        text: string,
        from: string,
        to: string,
        message: RegExp,
    ])[] = [
        [
            "a cluster that is not there",
            kubeconfig,
            "third",
            "new",
            /no cluster "third"; it has "arn.*", "other"/,
        ],
        ["a name that another has", kubeconfig, arn, "other", /a cluster "other" already/],
        ["a name of another's context", kubeconfig, arn, "shop", /a context "shop" already/],
        ["an empty name", kubeconfig, arn, "", /new name is empty/],
        ["what is no kubeconfig", "hello", arn, "new", /no kubeconfig/],
        ["what is no YAML", "a: [", arn, "new", /no kubeconfig/],
    ];
    for (const [what, text, from, to, message] of refusals) {
        it(`refuses ${what}`, () => {
            assert.throws(() => renameCluster(text, from, to), { name: "UserError", message });
        });
    }
});
