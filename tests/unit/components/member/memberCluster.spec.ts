import assert from "node:assert/strict";
import {
    existingKarmada,
    type KarmadaConnection,
    MemberCluster,
    type MemberClusterArgs,
} from "../../../../components";
import { sampleKubeconfig, sampleSigner } from "../../../support/kubeconfigs";
import {
    bothModes,
    isSecret,
    one,
    type Registered,
    registeredBy,
    valueOf,
} from "../../../support/mocks";

const pushNames = [
    "one-cluster",
    "one-controller-account",
    "one-controller-binding",
    "one-controller-role",
    "one-controller-token",
    "one-credentials",
    "one-impersonator-account",
    "one-impersonator-credentials",
    "one-impersonator-token",
    "one-kube-system",
    "one-member-namespace",
    "one-provider",
];

const pullNames = [
    "one-agent",
    "one-agent-account",
    "one-agent-admission",
    "one-agent-admission-binding",
    "one-agent-binding",
    "one-agent-certificate-1",
    "one-agent-finalizer-binding",
    "one-agent-finalizer-role",
    "one-agent-key-1",
    "one-agent-kubeconfig",
    "one-agent-lease-binding",
    "one-agent-lease-role",
    "one-agent-member-binding",
    "one-agent-member-role",
    "one-agent-namespace",
    "one-agent-request-1",
    "one-agent-role",
    "one-agent-work-binding",
    "one-agent-work-role",
    "one-execution-namespace",
];

type Rest = Partial<Omit<MemberClusterArgs, "karmada">>;

function karmada(canSign = true): KarmadaConnection {
    const clientSigner = canSign ? sampleSigner : undefined;
    return existingKarmada("karmada", { kubeconfig: sampleKubeconfig(), clientSigner });
}

function member(name: string, connection: KarmadaConnection, rest: Rest = {}): MemberCluster {
    const kubeconfig = sampleKubeconfig(`https://${name}:6443`);
    return new MemberCluster(name, { karmada: connection, kubeconfig, mode: "push", ...rest });
}

/** What the real providers would add. */
function outputs({ type, name, read }: Registered): Record<string, unknown> {
    if (type.startsWith("tls:")) {
        return { certPem: "CERT", certRequestPem: "REQUEST", privateKeyPem: "PRIVATE" };
    }
    if (name.endsWith("-token")) {
        return { data: { "ca.crt": "bWVtYmVyLWNh", token: "bWVtYmVyLXRva2Vu" } };
    }
    return read ? { metadata: { uid: "uid-of-kube-system" } } : {};
}

function declared(rest: Rest, preview = false) {
    return registeredBy(() => member("one", karmada(), rest), { preview, outputs });
}

function childrenOf(all: readonly Registered[]): string[] {
    return all
        .map((each) => each.name)
        .filter((name) => name.startsWith("one-"))
        .sort();
}

function spec(resource: Registered): Record<string, unknown> {
    return resource.inputs["spec"] as Record<string, unknown>;
}

describe("MemberCluster", () => {
    for (const { mode, preview } of bothModes) {
        it(`joins by push with exactly these resources (${mode}) [MEM-1]`, async () => {
            const { all, result } = await declared({ mode: "push" }, preview);
            assert.deepEqual(childrenOf(all), pushNames);
            assert.equal(await valueOf(result.clusterName), "one");
        });

        it(`joins by pull with exactly these resources (${mode}) [MEM-2]`, async () => {
            const { all } = await declared({ mode: "pull" }, preview);
            assert.deepEqual(childrenOf(all), [...pushNames, ...pullNames].sort());
        });

        it(`keeps every kubeconfig, token and key secret (${mode})`, async () => {
            const { all } = await declared({ mode: "pull" }, preview);
            assert.ok(isSecret(one(all, "one-provider").inputs["kubeconfig"]));
            assert.ok(isSecret(one(all, "one-credentials").inputs["data"]));
            assert.ok(isSecret(one(all, "one-impersonator-credentials").inputs["data"]));
            assert.ok(isSecret(one(all, "one-agent-kubeconfig").inputs["stringData"]));
            assert.ok(isSecret(one(all, "one-agent-certificate-1").inputs["caPrivateKeyPem"]));
        });
    }

    it("has the type that its users' states record", async () => {
        const { all } = await declared({});
        assert.equal(one(all, "one").type, "pulumi-karmada-eks:index:MemberCluster");
    });

    it("takes back what others change of its objects, in Karmada and in the member", async () => {
        const { all } = await declared({ mode: "pull" });
        const objects = all.filter(({ type, read }) => type.startsWith("kubernetes:") && !read);
        assert.ok(objects.length > 20);
        for (const { name, inputs } of objects) {
            const { annotations } = inputs["metadata"] as { annotations?: object };
            assert.deepEqual(
                { name, ...annotations, "pulumi.com/patchForce": "true" },
                { name, ...annotations },
            );
        }
    });

    it("describes a push member as joining by hand would [MEM-1, MEM-4]", async () => {
        const { all } = await declared({
            provider: "aws",
            region: "eu-central-1",
            zones: ["eu-central-1a"],
            labels: { tier: "gold" },
        });
        const cluster = one(all, "one-cluster");
        assert.equal(cluster.type, "kubernetes:cluster.karmada.io/v1alpha1:Cluster");
        assert.equal(cluster.provider, "karmada-provider");
        assert.deepEqual(cluster.inputs["metadata"], {
            name: "one",
            labels: { tier: "gold" },
            annotations: {
                "pulumi.com/waitFor": "condition=Ready",
                "pulumi.com/patchForce": "true",
            },
        });
        assert.deepEqual(spec(cluster), {
            id: "uid-of-kube-system",
            syncMode: "Push",
            apiEndpoint: "https://one:6443",
            secretRef: { namespace: "karmada-cluster", name: "one" },
            impersonatorSecretRef: { namespace: "karmada-cluster", name: "one-impersonator" },
            provider: "aws",
            region: "eu-central-1",
            zones: ["eu-central-1a"],
        });
    });

    it("leaves out of the Cluster what its agent would not send either [MEM-2]", async () => {
        const { all } = await declared({ mode: "pull", zones: [] });
        const fields = Object.keys(spec(one(all, "one-cluster"))).sort();
        const sent = ["apiEndpoint", "id", "impersonatorSecretRef", "secretRef", "syncMode"];
        assert.deepEqual(fields, sent);
        assert.equal(spec(one(all, "one-cluster"))["syncMode"], "Pull");
        assert.deepEqual(agentArgs(all), [
            "--karmada-kubeconfig=/etc/kubeconfig/karmada-kubeconfig",
            "--cluster-name=one",
            "--cluster-api-endpoint=https://one:6443",
            "--cluster-namespace=karmada-cluster",
            "--report-secrets=None",
            "--leader-elect=false",
            "--cluster-status-update-frequency=10s",
            "--metrics-bind-address=:8080",
            "--health-probe-bind-address=0.0.0.0:10357",
        ]);
    });

    it("tells Karmada and the agent the same of a pull member [MEM-2]", async () => {
        const zones = ["us-east-1a", "us-east-1b"];
        const facts = { provider: "aws", region: "us-east-1", zones };
        const { all } = await declared({ mode: "pull", apiEndpoint: "https://via:443", ...facts });
        const cluster = spec(one(all, "one-cluster"));
        const { provider, region, apiEndpoint } = cluster;
        assert.deepEqual({ provider, region, zones: cluster["zones"] }, facts);
        assert.equal(apiEndpoint, "https://via:443");
        const args = agentArgs(all);
        for (const flag of [
            "--cluster-api-endpoint=https://via:443",
            "--cluster-provider=aws",
            "--cluster-region=us-east-1",
            "--cluster-zones=us-east-1a,us-east-1b",
        ]) {
            assert.ok(args.includes(flag), flag);
        }
    });

    it("hands the accounts' tokens to Karmada, and only these", async () => {
        const { all } = await declared({});
        const data = (name: string) =>
            (one(all, name).inputs["data"] as { value: Record<string, string> }).value;
        assert.deepEqual(data("one-credentials"), {
            caBundle: "bWVtYmVyLWNh",
            token: "bWVtYmVyLXRva2Vu",
        });
        assert.deepEqual(data("one-impersonator-credentials"), { token: "bWVtYmVyLXRva2Vu" });
    });

    it("signs the agent's certificate for this member alone, for a year [MEM-2]", async () => {
        const { all } = await declared({ mode: "pull" });
        assert.deepEqual(one(all, "one-agent-request-1").inputs["subject"], {
            commonName: "system:karmada:agent:one",
            organization: "system:karmada:agents",
        });
        const certificate = one(all, "one-agent-certificate-1").inputs;
        assert.equal(certificate["validityPeriodHours"], 365 * 24);
        assert.deepEqual(certificate["allowedUses"], ["digital_signature", "client_auth"]);
    });

    it("gives the agent no right to Secrets, and to make or delete Clusters", async () => {
        const { all } = await declared({ mode: "pull" });
        const rules = rulesOf(all, "karmada-provider");
        const verbs = (resource: string) =>
            rules.filter((rule) => rule.resources.includes(resource)).flatMap((rule) => rule.verbs);
        assert.deepEqual(verbs("secrets"), []);
        assert.deepEqual(verbs("clusters"), ["get", "list", "watch"]);
        assert.deepEqual(verbs("certificatesigningrequests"), []);
        assert.ok(!rules.some((rule) => [...rule.resources, ...rule.verbs].includes("*")));
    });

    it("gives the agent one right to Works beyond its namespace, and fences that in", async () => {
        const { all } = await declared({ mode: "pull" });
        assert.deepEqual(one(all, "one-agent-finalizer-role").inputs["rules"], [
            { apiGroups: ["work.karmada.io"], resources: ["works"], verbs: ["update"] },
        ]);
        const fence = spec(one(all, "one-agent-admission"));
        assert.equal(fence["failurePolicy"], "Fail");
        assert.deepEqual(fence["matchConditions"], [
            {
                name: "this-agent",
                expression: 'request.userInfo.username == "system:karmada:agent:one"',
            },
        ]);
        const [validation] = fence["validations"] as { expression: string }[];
        assert.equal(validation?.expression, 'request.namespace == "karmada-es-one"');
        const binding = spec(one(all, "one-agent-admission-binding"));
        assert.deepEqual(binding["validationActions"], ["Deny"]);
    });

    it("runs the agent under the restricted Pod Security standard", async () => {
        const { all } = await declared({ mode: "pull" });
        const pod = agentPod(all);
        assert.equal(pod.securityContext["runAsNonRoot"], true);
        assert.deepEqual(pod.securityContext["seccompProfile"], { type: "RuntimeDefault" });
        assert.deepEqual(pod.containers[0]!.securityContext, {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
        });
    });

    it("restarts the agent when its identity changes, without telling the key", async () => {
        const { all } = await declared({ mode: "pull" });
        const { template } = spec(one(all, "one-agent")) as unknown as {
            template: { metadata: { annotations: Record<string, string> } };
        };
        assert.match(template.metadata.annotations["checksum/identity"]!, /^[0-9a-f]{64}$/);
        assert.ok(!JSON.stringify(template).includes("PRIVATE"));
    });

    it("is known in Karmada by another name if asked to", async () => {
        const { all } = await declared({ clusterName: "two" });
        assert.equal((one(all, "one-cluster").inputs["metadata"] as { name: string }).name, "two");
        assert.equal(one(all, "one-provider").inputs["clusterIdentifier"], "two");
    });
});

describe("MemberCluster, before it makes anything", () => {
    it("names every problem at once [MEM-3]", async () => {
        const { all } = await registeredBy(() => {
            const connection = karmada(false);
            const kubeconfig = "nothing";
            assert.throws(
                () => member("One", connection, { mode: "pull", region: "", kubeconfig }),
                {
                    message: [
                        'MemberCluster "One":',
                        `  - clusterName is "One"; a member's name has 1 to 48 characters, lower-case letters, digits and inner hyphens, e.g. "one".`,
                        '  - mode is "pull", which needs a certificate for the agent, and the connection to Karmada cannot sign one; give the connection a clientSigner, or use "push".',
                        '  - region is ""; use 1 to 63 letters, digits, and inner "-", "_" or ".".',
                        "  - kubeconfig is not YAML of a kubeconfig. Pass the file's text, not its name.",
                    ].join("\n"),
                },
            );
        });
        assert.deepEqual(all.map((each) => each.name).sort(), ["One", "karmada-provider"]);
    });

    it("refuses a second member of the same name [MEM-3]", async () => {
        await registeredBy(
            () => {
                const connection = karmada();
                member("one", connection);
                assert.throws(() => member("other", connection, { clusterName: "one" }), {
                    message:
                        'MemberCluster "other":\n  - clusterName is "one", as of MemberCluster "one"; each member of a Karmada needs a name of its own.',
                });
            },
            { outputs },
        );
    });

    it("lets members of different Karmadas have the same name", async () => {
        await registeredBy(
            () => {
                member("one", karmada());
                const other = existingKarmada("other", { kubeconfig: sampleKubeconfig() });
                member("other-one", other, { clusterName: "one" });
            },
            { outputs },
        );
    });
});

interface Rule {
    readonly resources: string[];
    readonly verbs: string[];
}

function rulesOf(all: readonly Registered[], provider: string): Rule[] {
    return all
        .filter((each) => each.provider === provider && /:(Cluster)?Role$/.test(each.type))
        .flatMap((each) => each.inputs["rules"] as Rule[]);
}

interface Pod {
    readonly securityContext: Record<string, unknown>;
    readonly containers: { readonly args: string[]; readonly securityContext: unknown }[];
}

function agentPod(all: readonly Registered[]): Pod {
    const { template } = spec(one(all, "one-agent")) as unknown as { template: { spec: Pod } };
    return template.spec;
}

function agentArgs(all: readonly Registered[]): string[] {
    return agentPod(all).containers[0]!.args;
}
