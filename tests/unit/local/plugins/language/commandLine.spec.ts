import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
    configJson,
    pluginCommand,
    programCommand,
    type ProgramRun,
} from "../../../../../local/plugins/language/commandLine";

const checkout = path.resolve(__dirname, "../../../../..");
const sdk = (name: string) => require.resolve(`@pulumi/pulumi/cmd/${name}`);

const run: ProgramRun = {
    info: {
        rootDirectory: "/project",
        programDirectory: checkout,
        entryPoint: ".",
        options: {},
    },
    monitor: "127.0.0.1:1",
    engine: "127.0.0.1:2",
    organization: "",
    project: "shop",
    stack: "local",
    dryRun: true,
    parallel: 8,
    args: [],
    config: { "shop:members": "[]" },
    configSecretKeys: ["shop:token"],
};

describe("the command line of a program", () => {
    it("runs the SDK that the program itself would load, with all the engine told", () => {
        assert.deepEqual(programCommand(run, {}).args, [
            sdk("run"),
            ...["--monitor", "127.0.0.1:1", "--engine", "127.0.0.1:2", "--project", "shop"],
            ...["--root-directory", "/project", "--stack", "local", "--pwd", checkout],
            ...["--parallel", "8", "--dry-run", "."],
        ]);
    });

    it("has no --dry-run in a deployment, and ends with the program's own arguments", () => {
        const { args } = programCommand({ ...run, dryRun: false, args: ["a", "b"] }, {});
        assert.deepEqual(args.slice(-5), ["--parallel", "8", ".", "a", "b"]);
        assert.ok(!args.includes("--dry-run"));
    });

    it("keeps configuration out of the arguments and puts it into the environment", () => {
        const { args, env } = programCommand(
            { ...run, config: { "shop:token": "hunter2" } },
            { PATH: "/bin" },
        );
        assert.ok(!args.join(" ").includes("hunter2"));
        assert.equal(env.PULUMI_CONFIG, '{"shop:config:token":"hunter2"}');
        assert.equal(env.PULUMI_CONFIG_SECRET_KEYS, '["shop:token"]');
        assert.equal(env.PATH, "/bin");
    });

    it("does not check types at the start, unless the user says so", () => {
        assert.equal(programCommand(run, {}).env.PULUMI_NODEJS_TRANSPILE_ONLY, "true");
        const asked = programCommand(run, { PULUMI_NODEJS_TRANSPILE_ONLY: "false" });
        assert.equal(asked.env.PULUMI_NODEJS_TRANSPILE_ONLY, "false");
    });

    it("follows the project's runtime options", () => {
        const options = {
            typescript: false,
            tsconfig: "other.json",
            nodeargs: "--max-old-space-size=512 --title 'two words'",
        };
        const { args, env } = programCommand({ ...run, info: { ...run.info, options } }, {});
        assert.deepEqual(args.slice(0, 4), [
            "--max-old-space-size=512",
            "--title",
            "two words",
            sdk("run"),
        ]);
        assert.equal(env.PULUMI_NODEJS_TYPESCRIPT, undefined);
        assert.equal(env.PULUMI_NODEJS_TSCONFIG_PATH, "other.json");
        assert.equal(programCommand(run, {}).env.PULUMI_NODEJS_TYPESCRIPT, "true");
    });

    it("cannot be made where no SDK is installed, and says what to do", () => {
        const empty = mkdtempSync(path.join(tmpdir(), "no-sdk-"));
        try {
            const info = { ...run.info, programDirectory: empty };
            assert.throws(() => programCommand({ ...run, info }, {}), {
                name: "ProviderError",
                message: `The Pulumi SDK is not installed for ${empty}: run "npm install" there.`,
            });
        } finally {
            rmSync(empty, { recursive: true });
        }
    });
});

describe("the command line of a plugin", () => {
    const plugin = {
        info: run.info,
        kind: "analyzer",
        pwd: "/elsewhere",
        args: ["127.0.0.1:2"],
        env: ["PATH=/bin", "WITH=a=b"],
    };

    it("runs a policy pack in its own folder, which comes last", () => {
        const { args, cwd, env } = pluginCommand(plugin);
        assert.deepEqual(args, [sdk("run-policy-pack"), "127.0.0.1:2", checkout]);
        assert.equal(cwd, checkout);
        assert.deepEqual([env.PATH, env.WITH], ["/bin", "a=b"]);
    });

    it("runs a compiled policy pack without the SDK's own program, which loads a compiler", () => {
        const info = { ...run.info, options: { typescript: false } };
        const { args, cwd } = pluginCommand({ ...plugin, info });
        assert.deepEqual(args.slice(-3), ["--", "127.0.0.1:2", checkout]);
        assert.ok(!args.includes(sdk("run-policy-pack")));
        assert.equal(cwd, checkout);
    });

    it("runs a component provider where the engine says, its folder first", () => {
        const { args, cwd } = pluginCommand({ ...plugin, kind: "resource" });
        assert.deepEqual(args, [sdk("run-plugin"), checkout, "127.0.0.1:2"]);
        assert.equal(cwd, "/elsewhere");
    });

    it("sees the engine's environment alone", () => {
        process.env.ONLY_OF_THE_HOST = "1";
        try {
            assert.equal(pluginCommand(plugin).env.ONLY_OF_THE_HOST, undefined);
        } finally {
            delete process.env.ONLY_OF_THE_HOST;
        }
    });
});

describe("configuration for the SDK", () => {
    it("has the old form of keys, whichever form the engine used", () => {
        assert.equal(
            configJson({ "aws:region": "x", "shop:config:name": "y" }),
            '{"aws:config:region":"x","shop:config:name":"y"}',
        );
    });
});
