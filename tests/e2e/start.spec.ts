import assert from "node:assert/strict";
import { existsSync, readFileSync, utimesSync } from "node:fs";
import * as path from "node:path";
import { engineLayout } from "../../local/engine/layout";
import { inspectFederation } from "../../local/federation";
import { type Checkout, type CommandRun, copyCheckout } from "../support/checkout";
import { eventually } from "../support/eventually";
import { allProcesses, processTree } from "../support/processTree";

describe("npm start in a clone", function () {
    this.timeout(300_000);
    let checkout: Checkout;

    before(() => (checkout = copyCheckout()));
    after(() => checkout?.remove());

    /** What runs of the clone, whoever has started it. */
    const processes = () =>
        allProcesses()
            .filter(({ command }) => command.includes(checkout.folder))
            .map(({ command }) => command);

    const runs = async (name: string) =>
        (await inspectFederation(checkout.stateDir)).some(
            (each) => each.name === name && each.state === "running",
        );

    /** Answers what was printed. */
    async function interruptWhen(
        moment: string,
        isNow: (start: CommandRun) => boolean | Promise<boolean>,
    ): Promise<string> {
        const start = checkout.begin("start");
        let ended = false;
        void start.end.then(() => (ended = true));
        await eventually(moment, async () => ended || (await isNow(start)), 120_000);
        assert.equal(ended, false, `it ended before: ${moment}`);
        start.interrupt();
        const { exitCode, output } = await start.end;
        assert.equal(exitCode, 130, output);
        return output;
    }

    interface State {
        readonly resources?: readonly unknown[];
        readonly pending_operations?: readonly unknown[];
    }

    const state = (): State => {
        const file = engineLayout(checkout.stateDir).stackState("pulumi-karmada-eks", "local");
        if (!existsSync(file)) return {};
        const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
            checkpoint: { latest?: State };
        };
        return checkpoint.latest ?? {};
    };
    const made = (count: number) => () => (state().resources ?? []).length >= count;

    async function isComplete(): Promise<void> {
        assert.deepEqual(state().pending_operations ?? [], []);
        assert.deepEqual(JSON.parse(await checkout.npm("run", "status", "--", "--json")), {
            workloads: [
                {
                    namespace: "sample",
                    name: "nginx",
                    replicas: 12,
                    members: [
                        { cluster: "ekseucl01", predicted: 3, running: 3 },
                        { cluster: "ekseucl02", predicted: 3, running: 3 },
                        { cluster: "eksuscl01", predicted: 6, running: 6 },
                    ],
                },
            ],
            members: [
                { name: "ekseucl01", mode: "push", ready: true, region: "eu-central-1" },
                { name: "ekseucl02", mode: "push", ready: true, region: "eu-central-1" },
                { name: "eksuscl01", mode: "pull", ready: true, region: "us-east-1" },
            ],
        });
    }

    it("ends without a word of what broke when Ctrl-C comes while it bundles its plugins", async () => {
        const plugins = path.join(checkout.folder, "local", "plugins");
        for (const plugin of ["language", "kubernetes", "tls", "command"]) {
            const now = new Date();
            utimesSync(path.join(plugins, plugin, "main.ts"), now, now);
        }
        const output = await interruptWhen("the bundler", ({ pid }) =>
            processTree(pid).some(({ command }) => command.includes("esbuild")),
        );
        assert.match(output, /^Interrupted\.$/m);
        assert.doesNotMatch(output, /failed|EPIPE|\bat .*\.[jt]s:/);
    });

    it("goes on after Ctrl-C while API servers start, and after one during the update", async () => {
        await checkout.npm("run", "stop");
        await interruptWhen("an API server", () => runs("ekseucl01.kube-apiserver"));
        await interruptWhen("twenty resources", made(20));
        await checkout.npm("start");
        await isComplete();
    });

    it("leaves no process after npm run stop", async () => {
        assert.notDeepEqual(processes(), []);
        await checkout.npm("run", "stop");
        assert.deepEqual(processes(), []);
    });

    it("twice at once lets the second wait for the first, and brings back what was there", async () => {
        const both = [checkout.begin("start"), checkout.begin("start")];
        const ends = await Promise.all(both.map(({ end }) => end));
        for (const { exitCode, output } of ends) assert.equal(exitCode, 0, output);
        const waited = ends.filter(({ output }) => /is starting it already; waiting/.test(output));
        assert.equal(waited.length, 1, ends.map(({ output }) => output).join("\n"));
        await isComplete();
    });

    it("leaves neither a process nor data after npm run stop -- --purge", async () => {
        await checkout.npm("run", "stop", "--", "--purge");
        assert.deepEqual(processes(), []);
        assert.equal(existsSync(checkout.stateDir), false);
    });
});
