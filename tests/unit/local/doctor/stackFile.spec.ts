import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { diagnose } from "../../../../local/doctor";
import { examination, lines } from "./examination";

describe("the doctor and the stack file [PAR-6]", function () {
    this.timeout(60_000);
    const { folder, says, stackFileSays, withAws } = examination();

    it("tells every problem of the stack file, and where examples still stand", async () => {
        stackFileSays(
            "  pulumi-karmada-eks:kind: amazon",
            "  # as in 203.0.113.0/24",
            "  somebody:addresses: [platform@example.com]",
            "  somebody:ranges: [203.0.113.0/24, 198.51.100.7/32]",
            '  somebody:admins: ["arn:aws:iam::111122223333:role/platform"]',
        );
        const found = lines(await says()).filter((line) => line.includes("stack file"));

        assert.match(found[0]!, /^problem stack file: pulumi-karmada-eks:kind is "amazon"/);
        assert.deepEqual(found.slice(1), [
            "warning stack file: 203.0.113.0/24, 198.51.100.7/32 in line 5 of Pulumi.dev.yaml are examples",
            "warning stack file: 111122223333 in line 6 of Pulumi.dev.yaml is an example",
            "warning stack file: platform@example.com in line 4 of Pulumi.dev.yaml is an example",
        ]);
    });

    it("calls a file without settings a problem", async () => {
        const stackFile = path.join(folder, "Pulumi.text.yaml");
        writeFileSync(stackFile, "just text\n");
        const found = await diagnose({ stack: stackFile, environment: {}, today: new Date() });
        assert.ok(
            lines(found).some((line) =>
                /^problem stack file: .*has no mapping "config"/.test(line),
            ),
        );
    });

    it("does not begin without one, and names the stacks that there are", async () => {
        await assert.rejects(
            diagnose({
                stack: path.join(folder, "Pulumi.nobody.yaml"),
                environment: {},
                today: new Date(),
            }),
            { name: "UserError", message: /^There is no stack file .*there are those of dev/ },
        );
    });

    it("asks nothing of AWS for a stack that works on clusters which are there", async () => {
        stackFileSays("  pulumi-karmada-eks:kind: existing");
        const found = lines(await says());

        assert.deepEqual(
            found.filter((line) => /aws|AWS|Region/.test(line)),
            [],
        );
    });

    it("warns before standard support of the version ends, and refuses after", async () => {
        const tools = withAws();
        const on = async (today: string) =>
            lines(await says({ tools, today })).filter((line) => line.includes("standard support"));

        assert.deepEqual(await on("2027-07-01"), [
            "warning EKS version: 1.36 leaves standard support on 2027-08-02",
        ]);
        assert.deepEqual(await on("2027-09-01"), [
            "problem EKS version: 1.36 has been out of standard support since 2027-08-02",
        ]);
    });
});
