import assert from "node:assert/strict";
import { EtcdMembers } from "../../../../local/controlPlane/etcdMembers";
import { replaceMember } from "../../../../local/controlPlane/replaceMember";
import { UserError } from "../../../../local/support/errors";
import { silent } from "../../../../local/support/progress";

/** A cluster in which these pods are ready; whatever would change it is a failure of the test. */
function etcdWith(...ready: string[]): EtcdMembers {
    const pods = ["etcd-0", "etcd-1", "etcd-2"].map((name) => ({
        metadata: { name },
        status: {
            conditions: [{ type: "Ready", status: ready.includes(name) ? "True" : "False" }],
        },
    }));
    return new EtcdMembers(async (_namespace, verb, kind) => {
        assert.equal(verb, "get");
        return JSON.stringify(kind === "pods" ? { items: pods } : { spec: { replicas: 3 } });
    });
}

async function refusal(etcd: EtcdMembers, member: string): Promise<string> {
    const [outcome] = await Promise.allSettled([replaceMember(etcd, member, silent)]);
    assert.ok(outcome.status === "rejected" && outcome.reason instanceof UserError);
    return outcome.reason.message;
}

describe("replacing a member of etcd", () => {
    it("names the members there are when there is none of that name", async () => {
        const said = await refusal(etcdWith("etcd-0", "etcd-2"), "etcd-3");
        assert.equal(said, 'There is no member "etcd-3"; name one of etcd-0, etcd-1, etcd-2.');
    });

    it("leaves a member alone that is ready", async () => {
        const said = await refusal(etcdWith("etcd-0", "etcd-1", "etcd-2"), "etcd-1");
        assert.match(said, /^etcd-1 is ready: it has its data/);
    });

    it("touches nothing without a majority, and says what brings one back", async () => {
        for (const ready of [[], ["etcd-2"]]) {
            const said = await refusal(etcdWith(...ready), "etcd-1");
            assert.match(said, /no majority\. Wait for .*restore a snapshot\.$/);
        }
    });

    it("waits while etcd's members have not been connected for long enough, and for nothing else", async () => {
        const answers: string[] = Array(2).fill("etcdserver: unhealthy cluster");
        const etcd = new EtcdMembers((...args) => {
            assert.ok(args.includes("add"), args.join(" "));
            const said = answers.shift();
            return said === undefined ? Promise.resolve("") : Promise.reject(new Error(said));
        });
        await etcd.add("etcd-0", "etcd-1");
        assert.equal(answers.length, 0);
        answers.push("etcdserver: Peer URLs already exists", "never asked for");
        await assert.rejects(etcd.add("etcd-0", "etcd-1"), /already exists/);
        assert.deepEqual(answers, ["never asked for"]);
    });
});
