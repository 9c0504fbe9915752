import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as rpc from "@pulumi/pulumi/proto/language_pb";
import {
    configJson,
    pluginCommand,
    programCommand,
} from "../../../../../local/plugins/language/commandLine";

const checkout = path.resolve(__dirname, "../../../../..");
const sdk = (name: string) => require.resolve(`@pulumi/pulumi/cmd/${name}`);

const info = {
    rootDirectory: "/project",
    programDirectory: checkout,
    entryPoint: ".",
    options: {},
};

function runRequest(): rpc.RunRequest {
    const request = new rpc.RunRequest()
        .setMonitorAddress("127.0.0.1:1")
        .setProject("shop")
        .setStack("local")
        .setDryrun(true)
        .setParallel(8)
        .setConfigsecretkeysList(["shop:token"]);
    request.getConfigMap().set("shop:members", "[]");
    return request;
}

const commandOf = (
    request: rpc.RunRequest,
    {
        environment = {},
        ...changes
    }: { environment?: Record<string, string> } & Partial<typeof info> = {},
) => programCommand(request, { ...info, ...changes }, "127.0.0.1:2", environment);

describe("the command line of a program", () => {
    it("runs the SDK that the program itself would load, with all the engine told", () => {
        assert.deepEqual(commandOf(runRequest()).args, [
            sdk("run"),
            ...["--monitor", "127.0.0.1:1", "--engine", "127.0.0.1:2", "--project", "shop"],
            ...["--root-directory", "/project", "--stack", "local", "--pwd", checkout],
            ...["--parallel", "8", "--dry-run", "."],
        ]);
    });

    it("has no --dry-run in a deployment, and ends with the program's own arguments", () => {
        const { args } = commandOf(runRequest().setDryrun(false).setArgsList(["a", "b"]));
        assert.deepEqual(args.slice(-5), ["--parallel", "8", ".", "a", "b"]);
        assert.ok(!args.includes("--dry-run"));
    });

    it("keeps configuration out of the arguments and puts it into the environment", () => {
        const request = runRequest();
        request.getConfigMap().clear();
        request.getConfigMap().set("shop:token", "hunter2");
        const { args, env } = commandOf(request, { environment: { PATH: "/bin" } });
        assert.ok(!args.join(" ").includes("hunter2"));
        assert.equal(env.PULUMI_CONFIG, '{"shop:config:token":"hunter2"}');
        assert.equal(env.PULUMI_CONFIG_SECRET_KEYS, '["shop:token"]');
        assert.equal(env.PATH, "/bin");
    });

    it("does not check types at the start, unless the user says so", () => {
        assert.equal(commandOf(runRequest()).env.PULUMI_NODEJS_TRANSPILE_ONLY, "true");
        const environment = { PULUMI_NODEJS_TRANSPILE_ONLY: "false" };
        const asked = commandOf(runRequest(), { environment });
        assert.equal(asked.env.PULUMI_NODEJS_TRANSPILE_ONLY, "false");
    });

    it("follows the project's runtime options", () => {
        const options = {
            typescript: false,
            tsconfig: "other.json",
            nodeargs: "--max-old-space-size=512 --title 'two words'",
        };
        const { args, env } = commandOf(runRequest(), { options });
        assert.deepEqual(args.slice(0, 4), [
            "--max-old-space-size=512",
            "--title",
            "two words",
            sdk("run"),
        ]);
        assert.equal(env.PULUMI_NODEJS_TYPESCRIPT, undefined);
        assert.equal(env.PULUMI_NODEJS_TSCONFIG_PATH, "other.json");
        assert.equal(commandOf(runRequest()).env.PULUMI_NODEJS_TYPESCRIPT, "true");
    });

    it("cannot be made where no SDK is installed, and says what to do", () => {
        const empty = mkdtempSync(path.join(tmpdir(), "no-sdk-"));
        try {
            assert.throws(() => commandOf(runRequest(), { programDirectory: empty }), {
                name: "ProviderError",
                message: `The Pulumi SDK is not installed for ${empty}: run "npm install" there.`,
            });
        } finally {
            rmSync(empty, { recursive: true });
        }
    });
});

describe("the command line of a plugin", () => {
    const plugin = (kind: string) =>
        new rpc.RunPluginRequest()
            .setKind(kind)
            .setPwd("/elsewhere")
            .setArgsList(["127.0.0.1:2"])
            .setEnvList(["PATH=/bin", "WITH=a=b"]);

    it("runs a policy pack in its own folder, which comes last", () => {
        const { args, cwd, env } = pluginCommand(plugin("analyzer"), info);
        assert.deepEqual(args, [sdk("run-policy-pack"), "127.0.0.1:2", checkout]);
        assert.equal(cwd, checkout);
        assert.deepEqual([env.PATH, env.WITH], ["/bin", "a=b"]);
    });

    it("runs a compiled policy pack without the SDK's own program, which loads a compiler", () => {
        const compiled = { ...info, options: { typescript: false } };
        const { args, cwd } = pluginCommand(plugin("analyzer"), compiled);
        assert.deepEqual(args.slice(-3), ["--", "127.0.0.1:2", checkout]);
        assert.ok(!args.includes(sdk("run-policy-pack")));
        assert.equal(cwd, checkout);
    });

    it("runs a component provider where the engine says, its folder first", () => {
        const { args, cwd } = pluginCommand(plugin("resource"), info);
        assert.deepEqual(args, [sdk("run-plugin"), checkout, "127.0.0.1:2"]);
        assert.equal(cwd, "/elsewhere");
    });

    it("sees the engine's environment alone", () => {
        process.env.ONLY_OF_THE_HOST = "1";
        try {
            assert.equal(pluginCommand(plugin("analyzer"), info).env.ONLY_OF_THE_HOST, undefined);
        } finally {
            delete process.env.ONLY_OF_THE_HOST;
        }
    });
});

describe("configuration for the SDK", () => {
    it("has the old form of keys, whichever form the engine used", () => {
        const config = new rpc.RunRequest().getConfigMap();
        config.set("aws:region", "x").set("shop:config:name", "y");
        assert.equal(configJson(config), '{"aws:config:region":"x","shop:config:name":"y"}');
    });
});
