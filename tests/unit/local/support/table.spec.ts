import assert from "node:assert/strict";
import { table } from "../../../../local/support/table";

describe("a table", () => {
    it("has columns as wide as their widest cell, numbers to the right", () => {
        assert.equal(
            table(
                ["MEMBER", "RUNNING"],
                [
                    ["ekseucl01", 3],
                    ["us", 12],
                ],
            ),
            "MEMBER      RUNNING\nekseucl01         3\nus               12",
        );
    });

    it("without rows is its header", () => {
        assert.equal(table(["A", "B"], []), "A   B");
    });
});
