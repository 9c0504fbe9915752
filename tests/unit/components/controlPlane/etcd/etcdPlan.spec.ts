import assert from "node:assert/strict";
import {
    bytesOf,
    checkEtcd,
    clientUrl,
    type EtcdFacts,
    initialCluster,
} from "../../../../../components/controlPlane/etcd/etcdPlan";

const facts: EtcdFacts = {
    members: 3,
    storageClassName: "ebs-sc",
    storageSize: "10Gi",
    quota: "2Gi",
};
const problems = (more: Record<string, unknown>) =>
    checkEtcd({ ...facts, ...more }).map(({ path, message }) => `${path} ${message}`);

describe("plan of etcd [KAR-1]", () => {
    for (const members of [1, 3, 5, 7]) {
        it(`takes ${members} members`, () => assert.deepEqual(problems({ members }), []));
    }

    for (const members of [2, 4, 6]) {
        it(`refuses ${members} members and names both neighbours`, () => {
            assert.deepEqual(problems({ members }), [
                `members is ${members}; use ${members - 1} or ${members + 1}: an even number survives no more losses than one member fewer does.`,
            ]);
        });
    }

    for (const members of [8, 9, 11]) {
        it(`refuses ${members} members as too slow`, () => {
            assert.deepEqual(problems({ members }), [
                `members is ${members}; use 7 at most: every write waits for more than half of the members.`,
            ]);
        });
    }

    for (const members of [0, -1, 1.5, NaN, "3"]) {
        it(`refuses ${JSON.stringify(members)} as no number of members`, () => {
            assert.match(problems({ members }).join(), /use 1, 3, 5 or 7: without etcd/);
        });
    }

    it("tells everything that is wrong at once", () => {
        const wrong = {
            members: 2,
            storageClassName: "EBS SC",
            storageSize: "10GB",
            quota: "two",
            zoneSpread: "zone",
        };
        assert.deepEqual(problems(wrong), [
            "members is 2; use 1 or 3: an even number survives no more losses than one member fewer does.",
            'storageClassName is "EBS SC"; name a StorageClass of the parent cluster, e.g. "ebs-sc".',
            'storageSize is "10GB"; use a whole number of Mi, Gi or Ti, e.g. "10Gi".',
            'quota is "two"; use a whole number of Mi, Gi or Ti, e.g. "10Gi".',
            'zoneSpread is "zone"; use "required" or "preferred".',
        ]);
    });

    it("refuses a quota that the volume, or etcd, cannot bear", () => {
        assert.deepEqual(problems({ quota: "6Gi" }), [
            'quota is "6Gi"; use at most half of storageSize, "10Gi": defragmenting and restoring write a second copy.',
        ]);
        assert.match(problems({ quota: "9Gi", storageSize: "1Ti" }).join(), /use "8Gi" at most/);
        assert.match(problems({ quota: "32Mi" }).join(), /use "64Mi" at least/);
        assert.deepEqual(problems({ quota: "5Gi" }), []);
    });

    it("reads quantities in powers of two, and nothing else", () => {
        assert.equal(bytesOf("64Mi"), 67108864);
        assert.equal(bytesOf("2Gi"), 2147483648);
        for (const text of ["", "0Gi", "1.5Gi", "2G", "2gi", "2Gib", 2]) {
            assert.equal(bytesOf(text), undefined, String(text));
        }
    });

    it("names every member by a name of its own", () => {
        const host = (member: number) => `etcd-${member}.etcd.karmada-system.svc`;
        assert.equal(clientUrl("etcd-1", "karmada-system"), `https://${host(1)}:2379`);
        assert.equal(
            initialCluster(3, "karmada-system"),
            `etcd-0=https://${host(0)}:2380,etcd-1=https://${host(1)}:2380,etcd-2=https://${host(2)}:2380`,
        );
    });
});
