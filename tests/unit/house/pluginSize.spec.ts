import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { projectRoot } from "../../../local/support/root";

/** An hour, at a line a second. */
const readableLines = 3600;

/** Lines with more on them than a comment, an import or what is passed on from another file. */
function linesOfCode(file: string): number {
    const source = ts.createSourceFile(
        file,
        readFileSync(file, "utf8"),
        ts.ScriptTarget.Latest,
        true,
    );
    const lines = new Set<number>();
    const add = (node: ts.Node): void => {
        if (ts.isJSDoc(node)) return;
        const parts = node.getChildren(source);
        parts.forEach(add);
        if (parts.length > 0 || node.getWidth(source) === 0) return;
        const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
        const last = lineOf(node.getEnd());
        for (let line = lineOf(node.getStart(source)); line <= last; line++) lines.add(line);
    };
    source.statements
        .filter(
            (each) =>
                !ts.isImportDeclaration(each) &&
                !(ts.isExportDeclaration(each) && each.moduleSpecifier),
        )
        .forEach(add);
    return lines.size;
}

describe("the plugins of the local environment", () => {
    it("are small enough to be read in an hour", () => {
        const folder = path.join(projectRoot, "local", "plugins");
        const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".ts"))
            .map((file) => path.join(folder, file));
        const lines = files.map(linesOfCode).reduce((sum, each) => sum + each, 0);
        console.log(`      ${lines} lines of code in ${files.length} files`);
        assert.ok(lines <= readableLines, `${lines} lines are more than ${readableLines}`);
    });
});
