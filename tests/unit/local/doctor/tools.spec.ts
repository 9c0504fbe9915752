import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { findingsAsText } from "../../../../local/doctor";
import { refused, silence, silenceSeconds } from "../../../support/awsCli";
import { examination, lines } from "./examination";

describe("the doctor and the tools that there are [PAR-6]", function () {
    this.timeout(60_000);
    const { says, withAws } = examination();

    for (const version of ["2.6.4", "1.23.9"]) {
        it(`refuses the AWS CLI ${version}, which gets no tokens for EKS`, async () => {
            const findings = await says({ tools: withAws({}, version) });
            const about = findings.find(({ subject }) => subject === "aws")!;

            assert.deepEqual(lines([about]), [
                `problem aws: ${version} gets no tokens that EKS takes`,
            ]);
            assert.match(about.remedy!, /2\.7 or later; of version 1, 1\.24 or later/);
        });
    }

    it("takes an AWS CLI of version 1 that gets them, and says that its time is over", async () => {
        const found = lines(await says({ tools: withAws({}, "1.24.0") }));

        assert.match(
            found.find((line) => line.includes(" aws: "))!,
            /^warning aws: 1\.24\.0 will do; AWS adds nothing to version 1/,
        );
    });

    it("does what it can without credentials, and names what is left", async () => {
        const findings = await says({
            tools: withAws({ "sts get-caller-identity": refused("ExpiredToken") }),
        });

        assert.ok(
            lines(findings).includes(
                "ok EKS version: 1.36 is in standard support until 2027-08-02",
            ),
        );
        assert.match(
            findingsAsText(findings),
            /^unchecked {2}credentials, cluster access, Region, zones, instance types, names, EKS version, quotas: AWS was not asked: the credentials are no longer good$/m,
        );
    });

    it("does what it can without any tool", async () => {
        const found = lines(await says());

        for (const name of ["pulumi", "aws"]) {
            assert.ok(
                found.some((line) => line.startsWith(`problem ${name}: cannot be run`)),
                name,
            );
        }
        assert.ok(found.some((line) => line.startsWith("warning kubectl: cannot be run")));
        assert.ok(found.includes("ok EKS version: 1.36 is in standard support until 2027-08-02"));
    });

    it("waits for no AWS CLI that hangs, and leaves none behind", async () => {
        const tools = withAws({ "sts get-caller-identity": silence });
        const begun = Date.now();
        const found = lines(await says({ tools, answerWithinMs: 1_000 }));

        assert.ok(Date.now() - begun < 15_000);
        assert.ok(
            found.some((line) =>
                /^unchecked quotas: AWS was not asked: "aws sts get-caller-identity.*" gave no answer in 1 seconds/.test(
                    line,
                ),
            ),
            found.join("\n"),
        );
        assert.doesNotMatch(
            execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }),
            new RegExp(`sleep ${silenceSeconds}`),
        );
    });
});
