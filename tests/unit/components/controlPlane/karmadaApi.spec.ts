import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse, parseAllDocuments } from "yaml";
import {
    apiServices,
    convertedDefinitions,
    extensions,
    extensionService,
    mutatingWebhooks,
    namespaces,
    roles,
    validatingWebhooks,
    withConversion,
} from "../../../../components/controlPlane/karmadaApi";
import { pinOf } from "../../../../local/toolchain/catalog";
import { go, requireGo } from "../../../../local/toolchain/go";

const caBundle = "Y2E=";
const upstreamUrl = "https://karmada-webhook.karmada-system.svc:443";

interface Parsed {
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly [field: string]: unknown;
}

describe("what Karmada's API needs, beside what the pinned Karmada ships", function () {
    this.timeout(300_000);
    let module: string;

    before(async function () {
        try {
            await requireGo(process.env);
        } catch {
            console.log("      skipped: the pinned module is fetched by Go, which is not here");
            return this.skip();
        }
        const { path: name, version, folder } = pinOf("karmada");
        const options = { cwd: folder, environment: process.env };
        const told = await go(["mod", "download", "-json", `${name}@${version}`], options);
        module = (JSON.parse(told) as { Dir: string }).Dir;
    });

    const shipped = (file: string): Parsed[] => {
        const text = readFileSync(path.join(module, file), "utf8")
            .replaceAll("{{caBundle}}", caBundle)
            .replaceAll("{{name}}.{{namespace}}", "karmada-webhook.karmada-system");
        return parseAllDocuments(text).map((document) => document.toJS() as Parsed);
    };
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

    it("are the same webhooks: names, rules, paths, side effects, timeouts", () => {
        const endpoint = { url: upstreamUrl, caBundle };
        const ours = [mutatingWebhooks(endpoint), validatingWebhooks(endpoint)];
        const theirs = shipped("artifacts/deploy/webhook-configuration.yaml");
        assert.deepEqual(plain(ours), theirs);
        assert.deepEqual(
            ours.map(({ webhooks }) => webhooks.length),
            [8, 14],
        );
    });

    for (const extension of Object.values(extensions)) {
        it(`are the same APIServices of ${extension.name}, with the port, and a Service of the same kind`, () => {
            const ours = [
                ...apiServices(extension, { port: 7443, caBundle }),
                extensionService(extension, { host: "localhost" }),
            ];
            const theirs = shipped(`artifacts/deploy/${extension.name}-apiservice.yaml`);
            const labels = { app: extension.name, apiserver: "true" };
            const completed = theirs.map(({ metadata, spec, ...rest }) =>
                rest.kind === "Service"
                    ? {
                          ...rest,
                          metadata,
                          spec: { ...(spec as object), externalName: "localhost" },
                      }
                    : {
                          ...rest,
                          metadata: { ...metadata, labels },
                          spec: {
                              ...(spec as object),
                              service: { ...(spec as { service: object }).service, port: 7443 },
                          },
                      },
            );
            const named = ({ kind, metadata }: { kind: string; metadata: { name: string } }) =>
                `${kind} ${metadata.name}`;
            const sorted = <T extends Parameters<typeof named>[0]>(objects: readonly T[]) =>
                [...objects].sort((one, other) => named(one).localeCompare(named(other)));
            assert.deepEqual(plain(sorted(ours)), sorted(completed));
        });
    }

    it("are the same roles and bindings", () => {
        const theirs = [
            ...shipped("artifacts/deploy/admin-clusterrole-aggregation.yaml"),
            ...shipped("artifacts/deploy/cluster-proxy-admin-rbac.yaml"),
        ];
        const subjects = [
            { apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "system:admin" },
        ];
        // The group is what the API server fills in.
        const completed = theirs.map((each) =>
            each.kind === "ClusterRoleBinding" ? { ...each, subjects } : each,
        );
        assert.deepEqual(plain(roles()), completed);
    });

    it("is the same conversion, for the two kinds that have one", () => {
        const patches = ["clusterresourcebindings", "resourcebindings"].flatMap((kind) =>
            shipped(`charts/karmada/_crds/patches/webhook_in_${kind}.yaml`),
        );
        const endpoint = { url: upstreamUrl, caBundle };
        assert.deepEqual(
            patches.map(({ metadata }) => metadata.name),
            convertedDefinitions,
        );
        for (const patch of patches) {
            const bare = { ...patch, spec: {} };
            assert.deepEqual(plain(withConversion(bare, endpoint)), patch);
        }
    });

    it("includes the namespaces", () => {
        const names = namespaces().map(({ metadata }) => metadata.name);
        const [theirs] = shipped("artifacts/deploy/namespace.yaml");
        assert.deepEqual(names, [theirs?.metadata.name, "karmada-cluster"]);
    });
});

describe("a webhook's place", () => {
    it("may be a Service of the cluster", () => {
        const service = { namespace: "karmada-system", name: "karmada-webhook", port: 8443 };
        const [first] = mutatingWebhooks({ service, caBundle }).webhooks;
        assert.deepEqual(first?.clientConfig, {
            service: { ...service, path: "/mutate-propagationpolicy" },
            caBundle,
        });
    });

    it("leaves definitions alone that need no conversion, and keeps the rest of those that do", () => {
        const definition = (name: string) => parse(`{metadata: {name: ${name}}, spec: {scope: X}}`);
        const other = definition("works.work.karmada.io");
        assert.equal(withConversion(other, { url: "https://x", caBundle }), other);
        const converted = withConversion(definition("resourcebindings.work.karmada.io"), {
            url: "https://x",
            caBundle,
        });
        assert.equal(converted.spec.scope, "X");
        assert.equal(converted.spec.conversion.webhook.clientConfig.url, "https://x/convert");
    });
});
