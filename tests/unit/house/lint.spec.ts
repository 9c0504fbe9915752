import assert from "node:assert/strict";
import * as path from "node:path";
import { ESLint } from "eslint";
import { projectRoot } from "../../../local/support/root";

/** Rules that this code breaks when it stands in that file. */
async function broken(code: string, file: string): Promise<(string | null)[]> {
    const eslint = new ESLint({ cwd: projectRoot });
    const [result] = await eslint.lintText(code, { filePath: path.join(projectRoot, file) });
    return [...new Set(result!.messages.map(({ ruleId }) => ruleId))];
}

describe("the linter holds the rules of the house", function () {
    this.timeout(60_000);
    const component = "components/member/new.ts";

    for (const place of ["../../local/kube", "../../stacks/files", "./../../tests/support/mocks"]) {
        it(`components never import ${place}`, async () => {
            const code = `import { x } from "${place}";\nexport const y = x;\n`;
            assert.deepEqual(await broken(code, component), ["no-restricted-imports"]);
        });
    }

    it("nor by an import expression", async () => {
        const code = `export const y = import("../../local/kube");\n`;
        assert.deepEqual(await broken(code, component), ["no-restricted-syntax"]);
    });

    for (const made of [
        "new k8s.core.v1.Secret(v)",
        "new MemberCluster('a', v)",
        "k8s.core.v1.Secret.get('a', v)",
    ]) {
        it(`no resource inside apply: ${made}`, async () => {
            const code = `export const y = x.apply((v) => ${made});\n`;
            assert.deepEqual(await broken(code, component), ["no-restricted-syntax"]);
        });
    }

    for (const made of [
        "new Error(v)",
        "new Map(v)",
        "new pulumi.asset.StringAsset(v)",
        "v.get()",
    ]) {
        it(`but values may be made there: ${made}`, async () => {
            const code = `export const y = x.apply((v) => ${made});\n`;
            assert.deepEqual(await broken(code, component), []);
        });
    }
});
