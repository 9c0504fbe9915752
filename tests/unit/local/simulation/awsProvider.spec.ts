import * as assert from "node:assert/strict";
import * as path from "node:path";
import {
    SecretValue,
    Unknown,
    type DiffResult,
    type PropertyMap,
} from "../../../../local/plugins/protocol/provider";
import { awsProvider } from "../../../../local/simulation/aws/provider";
import { Cloud } from "../../../../local/simulation/cloud/cloud";
import { temporaryFolder } from "../../../support/temporary";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";
const roleType = "aws:iam/role:Role";
const groupType = "aws:eks/nodeGroup:NodeGroup";

describe("the simulated AWS", () => {
    const folder = temporaryFolder();
    let cloud: Cloud;

    beforeEach(function () {
        cloud = new Cloud(path.join(folder, this.currentTest!.title));
    });

    const request = (type: string, name: string) => ({
        type,
        name,
        signal: new AbortController().signal,
        status: () => {},
    });

    const check = async (type: string, name: string, news: PropertyMap, olds: PropertyMap = {}) => {
        const randomSeed = Buffer.from(name);
        const answer = await awsProvider(cloud).check({
            ...request(type, name),
            news,
            olds,
            randomSeed,
        });
        return answer.inputs;
    };

    const create = async (type: string, name: string, given: PropertyMap, preview = false) => {
        const news = await check(type, name, given);
        return awsProvider(cloud).create({ ...request(type, name), news, preview });
    };

    const remove = (type: string, name: string, id: string) =>
        awsProvider(cloud).delete({ ...request(type, name), id, outputs: {} });

    const diff = (type: string, oldInputs: PropertyMap, news: PropertyMap): Promise<DiffResult> =>
        awsProvider(cloud).diff({
            ...request(type, "some"),
            id: "",
            oldInputs,
            oldOutputs: {},
            news,
            ignoreChanges: [],
        });

    it("gives a new thing an id, an ARN, and the names of what comes with it", async () => {
        const { id, outputs } = await create(vpcType, "net", { cidrBlock: "10.0.0.0/16" });

        assert.match(id, /^vpc-[0-9a-f]{17}$/);
        assert.equal(outputs.arn, `arn:aws:ec2:eu-central-1:123456789012:vpc/${id}`);
        assert.match(String(outputs.defaultSecurityGroupId), /^sg-[0-9a-f]{17}$/);
        assert.equal(outputs.cidrBlock, "10.0.0.0/16");
    });

    it("knows in a preview what is given, and nothing that AWS decides", async () => {
        const given: PropertyMap = { cidrBlock: "10.0.0.0/16", tags: { a: Unknown } };
        const { id, outputs } = await create(vpcType, "net", given, true);

        assert.equal(id, "");
        assert.equal(outputs.arn, Unknown);
        assert.deepEqual(outputs.tags, { a: Unknown });
        assert.deepEqual(cloud.things(), []);
    });

    it("keeps secret what came as a secret", async () => {
        const secret = new SecretValue("10.0.0.0/16");
        const { outputs } = await create(vpcType, "net", { cidrBlock: secret });

        assert.deepEqual(outputs.cidrBlock, secret);
        assert.equal(cloud.things()[0]!.inputs.cidrBlock, "10.0.0.0/16");
    });

    it("makes up a name as Pulumi does, and keeps it", async () => {
        const first = await check(roleType, "writer", {});
        const second = await check(roleType, "writer", { description: "new" }, first);

        assert.match(String(first.name), /^writer-[0-9a-f]{7}$/);
        assert.equal(second.name, first.name);
    });

    it("makes a name from a prefix", async () => {
        const { outputs } = await create(roleType, "writer", { namePrefix: "w-" });

        assert.match(String(outputs.name), /^w-[0-9a-f]{20}$/);
    });

    it("refuses a name that is taken", async () => {
        await create(roleType, "one", { name: "writer" });

        await assert.rejects(create(roleType, "other", { name: "writer" }), /AlreadyExists/);
    });

    it("refuses what refers to something that is not there", async () => {
        const gone = { vpcId: "vpc-00000000000000000", cidrBlock: "10.0.0.0/24" };

        await assert.rejects(create(subnetType, "a", gone), /refers to vpc-00000000000000000/);
    });

    it("refuses to delete what is in use, and deletes it once it is not", async () => {
        const vpc = await create(vpcType, "net", { cidrBlock: "10.0.0.0/16" });
        const subnet = await create(subnetType, "a", { vpcId: vpc.id });

        await assert.rejects(remove(vpcType, "net", vpc.id), /is used by aws:ec2\/subnet:Subnet a/);
        await remove(subnetType, "a", subnet.id);
        await remove(vpcType, "net", vpc.id);
        assert.deepEqual(cloud.things(), []);
    });

    it("refuses to delete what is protected", async () => {
        const type = "aws:eks/cluster:Cluster";
        const { id } = await create(type, "some", { name: "some", deletionProtection: true });

        await assert.rejects(remove(type, "some", id), /deletionProtection/);
    });

    it("finds no change where only the order of ids is another", async () => {
        const ids = ["subnet-00000000000000001", "subnet-00000000000000002"];

        const { changes } = await diff(
            groupType,
            { subnetIds: ids },
            { subnetIds: ids.slice().reverse() },
        );

        assert.equal(changes, false);
    });

    it("replaces what AWS cannot change, and changes the rest in place", async () => {
        const olds = { instanceTypes: ["a"], launchTemplate: { id: "x", version: "1" } };

        const inPlace = await diff(groupType, olds, {
            ...olds,
            launchTemplate: { id: "x", version: "2" },
        });
        const types = await diff(groupType, olds, { ...olds, instanceTypes: ["b"] });
        const template = await diff(groupType, olds, {
            ...olds,
            launchTemplate: { id: "y", version: "1" },
        });

        assert.deepEqual([inPlace.changes, inPlace.replaces], [true, []]);
        assert.deepEqual(types.replaces, ["instanceTypes"]);
        assert.deepEqual(template.replaces, ["launchTemplate"]);
    });

    it("deletes first what has a name of the program's, since the name is taken until then", async () => {
        const named = { name: "writer", path: "/a/" };
        const unnamed = await check(roleType, "writer", { path: "/a/" });

        const taken = await diff(roleType, named, { ...named, path: "/b/" });
        const free = await diff(roleType, unnamed, { ...unnamed, path: "/b/" });

        assert.deepEqual([taken.deleteBeforeReplace, free.deleteBeforeReplace], [true, false]);
    });

    it("takes subnets away from a network load balancer by replacing it only", async () => {
        const type = "aws:lb/loadBalancer:LoadBalancer";
        const olds = { subnets: ["subnet-1", "subnet-2"] };

        const more = await diff(type, olds, { subnets: [...olds.subnets, "subnet-3"] });
        const fewer = await diff(type, olds, { subnets: ["subnet-1"] });

        assert.deepEqual([more.replaces, fewer.replaces], [[], ["subnets"]]);
    });

    it("sees in a read what somebody else has changed", async () => {
        const given = { cidrBlock: "10.0.0.0/16", tags: { team: "a" } };
        const { id, outputs } = await create(vpcType, "net", given);
        const thing = cloud.find(vpcType, id)!;
        const tags = { team: "b" };
        cloud.put({
            ...thing,
            inputs: { ...thing.inputs, tags },
            outputs: { ...thing.outputs, tags },
        });

        const found = await awsProvider(cloud).read({
            ...request(vpcType, "net"),
            id,
            outputs,
            inputs: given,
        });

        assert.deepEqual([found?.inputs.tags, found?.outputs.tags], [tags, tags]);
    });

    it("writes every call down, and fails the one it is told to", async () => {
        cloud.disturb({ method: "create", nth: 2, error: "Throttling: too fast" });

        await create(vpcType, "one", {});
        await assert.rejects(create(vpcType, "two", {}), /too fast/);
        await create(vpcType, "three", {});

        const created = cloud.calls().filter(({ method }) => method === "create");
        assert.deepEqual(
            created.map(({ name }) => name),
            ["one", "two", "three"],
        );
        assert.equal(cloud.things().length, 2);
    });

    it("answers slowly where it is told to", async () => {
        cloud.disturb({ name: "slow", delayMs: 200 });
        const started = Date.now();

        await create(vpcType, "quick", {});
        const quick = Date.now() - started;
        await create(vpcType, "slow", {});

        assert.ok(Date.now() - started >= quick + 200);
    });

    it("says what it does not know", async () => {
        await assert.rejects(create("aws:sqs/queue:Queue", "a", {}), /has no aws:sqs/);
    });
});
