import { strict as assert } from "node:assert";
import { assignmentOf } from "../../../../local/federation/agents/assignment";

const secret = (content: string) => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "karmada-kubeconfig" },
    data: { "karmada-kubeconfig": Buffer.from(content).toString("base64") },
});

const deployment = (own: object = {}, container: object = {}) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "karmada-agent" },
    spec: {
        replicas: 1,
        template: {
            spec: {
                containers: [
                    {
                        command: ["/bin/karmada-agent"],
                        args: [
                            "--karmada-kubeconfig=/etc/kubeconfig/karmada-kubeconfig",
                            "--cluster-name=one",
                            "--cluster-api-endpoint=https://127.0.0.1/etc/kubeconfig",
                        ],
                        volumeMounts: [{ name: "identity", mountPath: "/etc/kubeconfig" }],
                        ...container,
                    },
                ],
                volumes: [{ name: "identity", secret: { secretName: "karmada-kubeconfig" } }],
            },
        },
        ...own,
    },
});

describe("Deployment of karmada-agent", () => {
    it("becomes arguments whose files are the Secret's, elsewhere", () => {
        const { args, files } = assignmentOf(deployment(), [secret("who I am")], "/run/one") ?? {};
        assert.deepEqual(args, [
            "--karmada-kubeconfig=/run/one/identity/karmada-kubeconfig",
            "--cluster-name=one",
            "--cluster-api-endpoint=https://127.0.0.1/etc/kubeconfig",
        ]);
        assert.deepEqual(
            Object.entries(files ?? {}).map(([file, content]) => [file, content.toString()]),
            [["/run/one/identity/karmada-kubeconfig", "who I am"]],
        );
    });

    it("may have its flags in the command", () => {
        const command = ["/bin/karmada-agent", "--cluster-name=one"];
        const assignment = assignmentOf(
            deployment({}, { command, args: undefined }),
            [secret("")],
            "/run/one",
        );
        assert.deepEqual(assignment?.args, ["--cluster-name=one"]);
    });

    it("has another digest with another Secret, and the same with the same", () => {
        const digest = (content: string) =>
            assignmentOf(deployment(), [secret(content)], "/run/one")?.digest;
        assert.equal(digest("a"), digest("a"));
        assert.notEqual(digest("a"), digest("b"));
    });

    it("asks for no agent when it is not there, has no replicas, is going or misses its Secret", () => {
        const going = { ...deployment(), metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } };
        const secrets = [secret("")];
        assert.equal(assignmentOf(undefined, secrets, "/run/one"), undefined);
        assert.equal(assignmentOf(deployment({ replicas: 0 }), secrets, "/run/one"), undefined);
        assert.equal(assignmentOf(going, secrets, "/run/one"), undefined);
        assert.equal(assignmentOf(deployment(), [], "/run/one"), undefined);
    });
});
