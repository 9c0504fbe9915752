import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { checkedKubeconfig, checkKubeconfig } from "../../../../components/support/kubeconfigInput";
import { sampleKubeconfig } from "../../../support/kubeconfigs";
import { valueOf } from "../../../support/mocks";

describe("checkKubeconfig", () => {
    it("says nothing yet about what is not known yet", () => {
        assert.deepEqual(checkKubeconfig("kubeconfig", pulumi.output("nothing")), []);
    });

    it("does not repeat what it was given, which may be a credential", () => {
        const parsed = { users: ["do-not-show"] } as unknown as string;
        assert.deepEqual(checkKubeconfig("kubeconfig", parsed), [
            { path: "kubeconfig", message: "is object; pass the text of a kubeconfig." },
        ]);
    });
});

describe("checkedKubeconfig", () => {
    const checked = (text: string) =>
        checkedKubeconfig(undefined, 'MemberCluster "one"', "kubeconfig", pulumi.output(text));

    it("passes a good one on, as a secret", async () => {
        assert.equal(await valueOf(checked(sampleKubeconfig())), sampleKubeconfig());
        assert.ok(await pulumi.isSecret(checked(sampleKubeconfig())));
    });

    it("refuses one that turns out bad, and lets nobody see it", async () => {
        await assert.rejects(valueOf(checked("nothing")), {
            message:
                'MemberCluster "one":\n  - kubeconfig is not YAML of a kubeconfig. Pass the file\'s text, not its name.',
        });
    });
});
