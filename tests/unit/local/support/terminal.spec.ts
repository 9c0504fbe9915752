import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { eventually } from "../../../support/eventually";
import { progressOn } from "../../../../local/support/terminal";

function recorded(isTTY: boolean) {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 40 });
    let text = "";
    stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
    return {
        progress: progressOn(stream as unknown as NodeJS.WriteStream),
        text: () => text,
    };
}

describe("progress", () => {
    it("in a pipe is one plain line per piece of quick work, without control characters", async () => {
        const { progress, text } = recorded(false);
        assert.equal(await progress.step("start etcd", async () => 7), 7);
        assert.match(text(), /^start etcd: done in 0\.\d s\n$/);
    });

    it("on a terminal shows what runs, and what it is at, within the terminal's width", async () => {
        const { progress, text } = recorded(true);
        await progress.step("build kube-apiserver", async (update) => {
            update("k8s.io/kubernetes/pkg/controlplane/apiserver");
            await eventually("the detail is drawn", async () => text().includes("k8s.io"));
        });
        const lines = text().split("\n");
        assert.ok(lines.some((line) => /build kube-apiserver {2}0\.\d s {2}k8s\.io/.test(line)));
        assert.ok(lines.some((line) => line.includes("✓")));
        assert.ok(lines.every((line) => line.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "").length < 40));
    });

    it("says that work failed and passes the error on", async () => {
        const { progress, text } = recorded(false);
        const failing = progress.step("start webhook", () => Promise.reject(new Error("port")));
        await assert.rejects(failing, { message: "port" });
        assert.match(text(), /^start webhook: failed after 0\.\d s\n$/);
    });
});
