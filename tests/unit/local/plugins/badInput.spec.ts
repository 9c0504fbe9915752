import * as assert from "node:assert/strict";
import { status } from "@grpc/grpc-js";
import type { PropertyMap, PropertyValue } from "../../../../local/plugins/protocol/provider";
import { sampleKubeconfig } from "../../../support/kubeconfigs";
import { temporaryFolder } from "../../../support/temporary";
import { allMethods, Method, RunningPlugin, Sent } from "./runningPlugin";

// Nobody listens there: what is sent on has been found good.
const kubeconfig = sampleKubeconfig("https://127.0.0.1:9");
const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "it" } };

interface Case {
    /** A resource without anything wrong. */
    readonly type: string;
    readonly good: PropertyMap;
    /** What it takes, and what the provider itself or its state does. */
    readonly names: readonly string[];
    readonly answers: readonly (readonly [Method, string, Sent, RegExp])[];
}

const cases: Readonly<Record<string, Case>> = {
    command: {
        type: "command:local:Command",
        good: {},
        names: ["create", "update", "delete", "dir", "stdin", "interpreter", "environment"].concat([
            "triggers",
            "logging",
            "addPreviousOutputInEnv",
            "assetPaths",
            "stdout",
            "unheard",
        ]),
        answers: [
            [
                "check",
                "a number",
                { news: { create: 1 } },
                /^create: must be a string, not a number$/,
            ],
            ["create", "a map", { news: { create: {} } }, /^create: must be a string, not a map$/],
            [
                "update",
                "a list",
                { news: { stdin: ["a"] } },
                /^stdin: must be a string, not a list$/,
            ],
            [
                "create",
                "several",
                { news: { environment: ["A"], logging: "loud" } },
                /^environment: must be a map of strings, not a list\nlogging: "loud" is not known; use stdout,/,
            ],
            [
                "delete",
                "a damaged state",
                { oldOutputs: { delete: true } },
                /damaged: delete: must be a string, not a boolean.*"pulumi state edit"/,
            ],
            [
                "create",
                "another type",
                { type: "command:remote:Command" },
                /no command:remote:Command/,
            ],
            ["read", "an import", {}, /cannot be imported/],
            [
                "invoke",
                "a function",
                { type: "command:local:run" },
                /no function command:local:run/,
            ],
        ],
    },
    tls: {
        type: "tls:index/locallySignedCert:LocallySignedCert",
        good: {},
        names: [
            "allowedUses",
            "caCertPem",
            "caPrivateKeyPem",
            "certRequestPem",
            "validityEndTime",
        ].concat(["earlyRenewalHours", "isCaCertificate", "validityPeriodHours", "unheard"]),
        answers: [
            [
                "create",
                "nothing at all",
                {},
                /^certRequestPem: is required\ncaCertPem: is required\ncaPrivateKeyPem: is required\n/,
            ],
            [
                "create",
                "a number",
                { type: "tls:index/privateKey:PrivateKey", news: { algorithm: 1 } },
                /^algorithm: must be a string, not a number$/,
            ],
            [
                "update",
                "a word for a number",
                { news: { earlyRenewalHours: "soon" } },
                /earlyRenewalHours: must be a whole number of 0 or more, not a string/,
            ],
            [
                "check",
                "a key that is none",
                { type: "tls:index/certRequest:CertRequest", news: { privateKeyPem: "none" } },
                /^privateKeyPem: is not an unencrypted private key in PEM/,
            ],
            ["diff", "another type", { type: "tls:index:Nothing" }, /no tls:index:Nothing; it has/],
            ["read", "an import", {}, /cannot be imported/],
        ],
    },
    kubernetes: {
        type: "kubernetes:core/v1:ConfigMap",
        good: configMap,
        names: ["apiVersion", "kind", "metadata", "data", "status", "items", "__inputs"].concat([
            "__fieldManager",
            "kubeconfig",
            "context",
            "cluster",
            "clusterIdentifier",
            "namespace",
            "enablePatchForce",
            "deleteUnreachable",
            "enableServerSideApply",
        ]),
        answers: [
            [
                "configure",
                "a number for a kubeconfig",
                { news: { kubeconfig: 1 } },
                /^kubeconfig: must be a string, not a number$/,
            ],
            [
                "checkConfig",
                "several settings",
                { news: { context: ["a"], deleteUnreachable: "perhaps" } },
                /^context: must be a string, not a list\ndeleteUnreachable: "perhaps" is not known; use true, false$/,
            ],
            [
                "create",
                "nothing at all",
                {},
                /^apiVersion: must be a string, not nothing\nkind: must be a string, not nothing$/,
            ],
            [
                "diff",
                "a name and a label that are none",
                { news: { ...configMap, metadata: { name: [], labels: { a: 1 } } } },
                /^metadata\.name: must be a string, not a list\nmetadata\.labels\.a: must be a string, not a number$/,
            ],
            [
                "update",
                "metadata that is none",
                { id: "default/it", news: { ...configMap, metadata: "it" } },
                /^metadata: must be an object, not a string$/,
            ],
            [
                "check",
                "another kind than its type's",
                { news: { ...configMap, kind: "Secret" } },
                /^kind: must be ConfigMap, not Secret/,
            ],
            [
                "read",
                "an id of too many parts",
                { id: "a/b/c" },
                /^"a\/b\/c" names no object: use "namespace\/name"/,
            ],
            ["read", "an id without a name", { id: "default/" }, /^"default\/" names no object/],
            [
                "delete",
                "a damaged state",
                { id: "default/it", oldOutputs: { ...configMap, kind: 1 } },
                /damaged: kind: must be a string, not a number.*"pulumi state edit"/,
            ],
        ],
    },
};

const sorts: readonly PropertyValue[] = [null, true, 1, "a", [], ["a", 1], {}, { a: { b: 1 } }];
/** What configures comes last: without a kubeconfig it takes that of whoever runs this, and nothing may be done there. */
const methods = [...allMethods.filter((method) => method !== "configure"), "configure" as const];
const answerable = [status.OK, status.FAILED_PRECONDITION, status.UNIMPLEMENTED];
/** What a mistake of the plugin's own sounds like. */
const crash = /\w+Error: |is not a function|Cannot read|argument must|\bundefined\b|\[object /;

describe("a plugin that is sent what it cannot use", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const plugins: Record<string, RunningPlugin> = {};
    before(async () => {
        for (const name of Object.keys(cases)) {
            plugins[name] = await RunningPlugin.start(name, folder);
        }
        await plugins.kubernetes!.answer("configure", { news: { kubeconfig } });
    });
    after(() => Object.values(plugins).forEach((plugin) => plugin.stop()));

    for (const [name, { type, good, names, answers }] of Object.entries(cases)) {
        for (const [method, what, sent, message] of answers) {
            it(`${name} says so when ${method} gets ${what}`, async () => {
                const { text } = await plugins[name]!.answer(method, { type, ...sent });
                assert.match(text, message);
            });
        }

        it(`${name} answers every method, whatever sort of value any property has`, async () => {
            const wrong = names.flatMap((property): PropertyMap[] =>
                sorts.map((value) => ({ [property]: value })),
            );
            const all = [{}, ...wrong.map((one) => ({ ...good, ...one }))];
            for (const method of methods) {
                await Promise.all(
                    all.map(async (news) => {
                        const sent = { type, id: "it", news, oldInputs: news, oldOutputs: news };
                        const { code, text } = await plugins[name]!.answer(method, sent);
                        const context = `${method} ${JSON.stringify(news)}: ${status[code]} ${text}`;
                        assert.ok(answerable.includes(code), context);
                        assert.doesNotMatch(text, crash, context);
                    }),
                );
            }
        });
    }
});
