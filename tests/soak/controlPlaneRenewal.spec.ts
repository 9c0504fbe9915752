import assert from "node:assert/strict";
import * as path from "node:path";
import type { KarmadaControlPlaneArgs } from "../../components";
import { secretNames } from "../../components/controlPlane/secretNames";
import type { KubeClient, KubeObject } from "../../local/kube";
import { writePrivate } from "../../local/federation/files";
import { silent } from "../../local/support/progress";
import { ensureBinaries } from "../../local/toolchain";
import { calledWithTheirOwn } from "../e2e/controlPlane/callers";
import { ControlPlaneInCluster } from "../e2e/controlPlane/controlPlaneInCluster";
import { assertNoneFailedTwice, processesOf, underLoad } from "../e2e/controlPlane/faults";
import { assertServed, issued } from "../e2e/controlPlane/served";
import { run } from "../e2e/nodes/machine";
import { eventually } from "../support/eventually";
import { operationsOf } from "../support/operations";
import { temporaryFolder } from "../support/temporary";

describe("keys and certificates of a control plane under load [KAR-2]", function () {
    this.timeout(1_200_000);
    const folder = temporaryFolder();
    let controlPlane: ControlPlaneInCluster;

    before("bring it up", async function () {
        this.timeout(60 * 60_000);
        controlPlane = await ControlPlaneInCluster.prepare(folder);
        if (controlPlane.parent.nodes === undefined) return this.skip();
        await controlPlane.up();
    });

    after(() => controlPlane?.stop());

    /** The control plane as it is, but for this. */
    const change = (args: Partial<KarmadaControlPlaneArgs>) =>
        controlPlane.up({ args: { ...controlPlane.wanted.args, ...args } });

    /** The same under load, in which nothing fails that is tried again. */
    async function changing(what: string, args: Partial<KarmadaControlPlaneArgs>): Promise<void> {
        assertNoneFailedTwice(await underLoad(controlPlane, what, () => change(args)));
    }

    async function withKarmada<T>(work: (karmada: KubeClient) => Promise<T>): Promise<T> {
        const karmada = await controlPlane.karmada();
        return work(karmada).finally(() => karmada.close());
    }

    describe("every certificate", () => {
        /** Validated by the webhook, which asks Karmada's API what else there is of it, and only then begins to. */
        const customization = {
            apiVersion: "config.karmada.io/v1alpha1",
            kind: "ResourceInterpreterCustomization",
            metadata: { name: "parrots" },
            spec: {
                target: { apiVersion: "example.org/v1", kind: "Parrot" },
                customizations: {
                    healthInterpretation: {
                        luaScript: "function InterpretHealth(parrot) return true end",
                    },
                },
            },
        };

        before("have the webhook call too", () =>
            withKarmada((karmada) => karmada.create(customization)),
        );

        it("is renewed and shown, and no process is started again", async () => {
            const processes = await processesOf(controlPlane);
            const report = await underLoad(controlPlane, "every certificate renewed", async () => {
                await change({ pki: { generation: 1 } });
                const began = Date.now();
                await eventually("shown", () => assertServed(controlPlane), 240_000);
                const seconds = ((Date.now() - began) / 1e3).toFixed(0);
                console.log(`    every server shows its own ${seconds} s after the update`);
            });
            assertNoneFailedTwice(report);
            assert.deepEqual(await processesOf(controlPlane), processes);
        });

        it("is called with after some minutes, by processes that have not started again either", async () => {
            const { nodes } = controlPlane.parent;
            await calledWithTheirOwn(controlPlane, nodes!, 600_000);
        });
    });

    describe("the key that encrypts Secrets", () => {
        /** By their folders in etcd. */
        const encrypted = ["secrets", "work.karmada.io/works"];
        const secret = { apiVersion: "v1", kind: "Secret", namespace: "default" };
        const stringData = { word: "the same as ever" };
        const work = { apiVersion: "work.karmada.io/v1alpha1", kind: "Work", namespace: "default" };
        const manifest = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "harmless" } };

        /** One of each kind that is encrypted. */
        const create = (name: string) =>
            withKarmada(async (karmada) => {
                const contents = [
                    { ...secret, stringData },
                    { ...work, spec: { workload: { manifests: [manifest] } } },
                ];
                for (const { namespace, ...content } of contents) {
                    await karmada.create({ ...content, metadata: { name, namespace } });
                }
            });

        /** Generation of the key with which each of them is stored. */
        const keysOf = (name: string) =>
            Promise.all(
                encrypted.map(async (kind) => {
                    const key = `/registry/${kind}/default/${name}`;
                    const stored = await controlPlane.etcd.etcdctl("etcd-0", "get", key);
                    const [, generation] =
                        /k8s:enc:secretbox:v1:generation-(\d+):/.exec(stored) ?? [];
                    return `${kind}: ${generation}`;
                }),
            );

        const storedWith = (generation: number) =>
            encrypted.map((kind) => `${kind}: ${generation}`);

        const assertReadable = (name: string) =>
            withKarmada(async (karmada) => {
                const { word } = (await karmada.get({ ...secret, name }))!["data"] as {
                    word: string;
                };
                assert.equal(Buffer.from(word, "base64").toString(), stringData.word);
                const { workload } = (await karmada.get({ ...work, name }))!["spec"] as {
                    workload: { manifests: KubeObject[] };
                };
                const names = workload.manifests.map(({ metadata }) => metadata.name);
                assert.deepEqual(names, [manifest.metadata.name]);
            });

        it("has a successor, which at first only reads", async () => {
            await create("early");
            await changing("a second key that reads", { encryptionGenerations: [1, 2] });
            await create("meanwhile");
            assert.deepEqual(await keysOf("early"), storedWith(1));
            assert.deepEqual(await keysOf("meanwhile"), storedWith(1));
        });

        it("is no longer written with then, and still reads", async () => {
            await changing("the second key writes", { encryptionGenerations: [2, 1] });
            await create("late");
            assert.deepEqual(await keysOf("early"), storedWith(1));
            assert.deepEqual(await keysOf("late"), storedWith(2));
            await assertReadable("early");
            await assertReadable("late");
        });

        it("goes, once all has been written again", async () => {
            const { kubectl } = await ensureBinaries(["kubectl"], silent);
            const kubeconfig = path.join(folder, "karmada.yaml");
            writePrivate(kubeconfig, await controlPlane.adminKubeconfig());
            const script =
                '"$0" --kubeconfig="$1" get secrets,works.work.karmada.io --all-namespaces --output=json |' +
                '"$0" --kubeconfig="$1" replace --filename=-';
            const report = await underLoad(controlPlane, "all written again", () =>
                run("sh", "-c", script, kubectl, kubeconfig),
            );
            assertNoneFailedTwice(report);
            for (const name of ["early", "meanwhile", "late"]) {
                assert.deepEqual(await keysOf(name), storedWith(2), name);
            }
            for (const kind of encrypted) {
                const all = ["get", "--prefix", `/registry/${kind}/`];
                const stored = await controlPlane.etcd.etcdctl("etcd-0", ...all);
                assert.doesNotMatch(stored, /:v1:generation-1:/, kind);
            }
            await changing("the first key gone", { encryptionGenerations: [2] });
            await assertReadable("early");
            await assertReadable("late");
        });
    });

    describe("the authorities and the service accounts' key", () => {
        const account = "/api/v1/namespaces/default/serviceaccounts";
        let token: string;

        const isKnown = () =>
            withKarmada(async (karmada) => {
                const review = await karmada.create({
                    apiVersion: "authentication.k8s.io/v1",
                    kind: "TokenReview",
                    metadata: {},
                    spec: { token },
                });
                return (review["status"] as { authenticated?: boolean }).authenticated === true;
            });

        const replacing = (what: string, signing: number, trusted: number[]) =>
            changing(what, { pki: { generation: 1, authorities: { signing, trusted } } });

        before("a token of today", async () => {
            token = await withKarmada(async (karmada) => {
                const body = { metadata: { name: "somebody" } };
                await karmada.raw(account, { method: "POST", body });
                const answer = await karmada.raw(`${account}/somebody/token`, {
                    method: "POST",
                    body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest" },
                });
                assert.equal(answer.status, 201, answer.body);
                return (JSON.parse(answer.body) as { status: { token: string } }).status.token;
            });
            assert.ok(await isKnown());
        });

        it("have successors, whom everybody trusts at first", async () => {
            await replacing("new authorities trusted", 1, [1, 2]);
            assert.match((await issued(controlPlane, secretNames.apiServer)).issuer, /-ca-1$/);
            assert.ok(await isKnown());
        });

        it("sign no more then, and what they have signed is still trusted", async () => {
            await replacing("new authorities sign", 2, [1, 2]);
            assert.match((await issued(controlPlane, secretNames.apiServer)).issuer, /-ca-2$/);
            await assertServed(controlPlane);
            assert.ok(await isKnown());
        });

        it("go, and what they have signed with them", async () => {
            await replacing("old authorities gone", 2, [2]);
            await assertServed(controlPlane);
            assert.equal(await isKnown(), false);
            const { summary } = await controlPlane.up();
            assert.deepEqual(operationsOf(summary), ["same"]);
        });
    });
});
