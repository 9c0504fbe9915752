import assert from "node:assert/strict";
import { parse, stringify } from "yaml";
import { readKubeconfig, renderKubeconfig } from "../../../../components/support/kubeconfig";
import { sampleKubeconfig } from "../../../support/kubeconfigs";

interface Kubeconfig {
    "current-context"?: string;
    clusters: { name: string; cluster: Record<string, unknown> }[];
    contexts: { name: string; context: Record<string, unknown> }[];
    users: { name: string }[];
}

function problemAfter(change: (config: Kubeconfig) => void): string | undefined {
    const config = parse(sampleKubeconfig()) as Kubeconfig;
    change(config);
    const reading = readKubeconfig(stringify(config));
    return "problem" in reading ? reading.problem : undefined;
}

describe("readKubeconfig", () => {
    it("finds the server and the authority of the current context", () => {
        assert.deepEqual(readKubeconfig(sampleKubeconfig("https://one:6443")), {
            access: { server: "https://one:6443", caCertPem: "CA of main" },
        });
    });

    it("accepts a server that the system's own authorities vouch for", () => {
        const config = parse(sampleKubeconfig()) as Kubeconfig;
        delete config.clusters[0]!.cluster["certificate-authority-data"];
        const reading = readKubeconfig(stringify(config));
        assert.ok("access" in reading && reading.access.caCertPem === "");
    });

    const texts = [
        { title: "nothing", text: " \n", problem: "is empty, and so no kubeconfig." },
        {
            title: "what is not YAML",
            text: "a: [",
            problem: "is not YAML of a kubeconfig.",
        },
        {
            title: "a file's name",
            text: "/home/me/.kube/config",
            problem: "is not YAML of a kubeconfig.",
        },
    ];
    for (const { title, text, problem } of texts) {
        it(`refuses ${title}`, () => assert.deepEqual(readKubeconfig(text), { problem }));
    }

    const changes: { title: string; change: (config: Kubeconfig) => void; problem: string }[] = [
        {
            title: "no current context",
            change: (config) => delete config["current-context"],
            problem: 'has no current context; set one with "kubectl config use-context NAME".',
        },
        {
            title: "a current context that is not there",
            change: (config) => (config["current-context"] = "other"),
            problem: 'has the current context "other", but no context of that name.',
        },
        {
            title: "a context whose cluster is not there",
            change: (config) => (config.clusters[0]!.name = "other"),
            problem: 'has no cluster "main", which its current context names.',
        },
        {
            title: "a context whose user is not there",
            change: (config) => (config.users[0]!.name = "other"),
            problem: 'has no user "root", which its current context names.',
        },
        {
            title: "a server that is no address",
            change: (config) => (config.clusters[0]!.cluster["server"] = "somewhere"),
            problem: 'has no usable server address for cluster "main".',
        },
        {
            title: "an authority that is a file of another machine",
            change: (config) => (config.clusters[0]!.cluster["certificate-authority"] = "/etc/ca"),
            problem:
                'points to a certificate file for cluster "main"; embed it with "kubectl config view --flatten --minify".',
        },
    ];
    for (const { title, change, problem } of changes) {
        it(`refuses ${title}`, () => assert.equal(problemAfter(change), problem));
    }

    it("never repeats a credential in a message", () => {
        const problem = problemAfter((config) => (config.users = []));
        assert.ok(!problem?.includes("do-not-show"));
    });
});

describe("renderKubeconfig", () => {
    const user = { name: "agent", certPem: "CERT", privateKeyPem: "KEY" };

    it("makes a kubeconfig that reads back as the same access", () => {
        const access = { server: "https://karmada:32443", caCertPem: "CA" };
        assert.deepEqual(readKubeconfig(renderKubeconfig(access, user)), { access });
    });

    it("leaves the authority out where there is none", () => {
        const access = { server: "https://karmada:32443", caCertPem: "" };
        assert.deepEqual(readKubeconfig(renderKubeconfig(access, user)), { access });
        assert.ok(!renderKubeconfig(access, user).includes("certificate-authority"));
    });
});
