import assert from "node:assert/strict";
import {
    leavesOf,
    type Leaf,
    type LeafName,
    withNames,
} from "../../../../../components/controlPlane/pki/leaves";

const site = {
    namespace: "karmada-system",
    extraNames: ["karmada.example.com", "192.0.2.7"],
    serviceCidrFirstIp: "10.96.0.1",
    etcdMembers: 3,
};
const leaves = leavesOf(site);
const leaf = (name: LeafName): Leaf => leaves.find((each) => each.name === name)!;
const memberNames = [0, 1, 2].flatMap((member) => {
    const host = `etcd-${member}.etcd.karmada-system.svc`;
    return [host, `${host}.cluster.local`];
});

describe("certificates of a control plane [KAR-2]", () => {
    it("are these, each signed by the authority that its readers trust", () => {
        const byAuthority = (authority: string) =>
            leaves.filter((each) => each.authority === authority).map(({ name }) => name);
        assert.deepEqual(byAuthority("karmada"), [
            "apiserver",
            "aggregated-apiserver",
            "webhook",
            "admin",
            "controller-manager",
            "scheduler",
            "kube-controller-manager",
            "webhook-client",
            "aggregated-apiserver-client",
        ]);
        assert.deepEqual(byAuthority("front-proxy"), ["front-proxy-client"]);
        assert.deepEqual(byAuthority("etcd"), [
            "etcd-server",
            "etcd-peer",
            "etcd-client-apiserver",
            "etcd-client-aggregated",
            "etcd-client-backup",
        ]);
    });

    it("name the API server by every way to it, with the endpoint by name or address", () => {
        const names = [
            "karmada-apiserver",
            "karmada-apiserver.karmada-system",
            "karmada-apiserver.karmada-system.svc",
            "karmada-apiserver.karmada-system.svc.cluster.local",
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local",
            "localhost",
            "karmada.example.com",
        ];
        const addresses = ["127.0.0.1", "10.96.0.1", "192.0.2.7"];
        const byName = withNames(leaf("apiserver"), ["lb.example.com"]);
        assert.deepEqual(byName.dnsNames, [...names, "lb.example.com"]);
        assert.deepEqual(byName.ipAddresses, addresses);
        const byAddress = withNames(leaf("apiserver"), ["2001:db8::1"]);
        assert.deepEqual(byAddress.dnsNames, names);
        assert.deepEqual(byAddress.ipAddresses, [...addresses, "2001:db8::1"]);
    });

    it("name a host once, however often it is given", () => {
        const { dnsNames } = withNames(leaf("apiserver"), ["karmada.example.com"]);
        assert.equal(dnsNames.filter((name) => name === "karmada.example.com").length, 1);
    });

    it("name etcd's members one by one, and the Service of the ready ones", () => {
        assert.deepEqual(leaf("etcd-server").dnsNames, [
            ...memberNames,
            "etcd-client",
            "etcd-client.karmada-system",
            "etcd-client.karmada-system.svc",
            "etcd-client.karmada-system.svc.cluster.local",
            "localhost",
        ]);
        assert.deepEqual(leaf("etcd-server").ipAddresses, ["127.0.0.1"]);
        assert.deepEqual(leaf("etcd-peer").dnsNames, memberNames);
        assert.deepEqual(leaf("etcd-peer").ipAddresses, []);
    });

    it("name the extension servers as the API server calls them", () => {
        const called = "karmada-aggregated-apiserver.karmada-system.svc";
        assert.ok(leaf("aggregated-apiserver").dnsNames.includes(called));
        assert.ok(leaf("webhook").dnsNames.includes("karmada-webhook.karmada-system.svc"));
    });

    it("hold no wildcard", () => {
        assert.deepEqual(
            leaves.flatMap(({ dnsNames }) => dnsNames).filter((name) => name.includes("*")),
            [],
        );
    });

    it("make an administrator of each component that calls Karmada's API, under its own name", () => {
        const administrators = leaves
            .filter(({ organizations }) => organizations.includes("system:masters"))
            .map(({ name, commonName }) => [name, commonName]);
        assert.deepEqual(administrators, [
            ["admin", "system:admin"],
            ["controller-manager", "system:karmada:karmada-controller-manager"],
            ["scheduler", "system:karmada:karmada-scheduler"],
            ["kube-controller-manager", "system:karmada:kube-controller-manager"],
            ["webhook-client", "system:karmada:karmada-webhook"],
            ["aggregated-apiserver-client", "system:karmada:karmada-aggregated-apiserver"],
        ]);
        assert.equal(leaf("front-proxy-client").commonName, "front-proxy-client");
    });

    it("are good for servers or for clients; a peer of etcd is both", () => {
        const usable = (usage: string) =>
            leaves
                .filter(({ usages }) => (usages as readonly string[]).includes(usage))
                .map(({ name }) => name);
        assert.deepEqual(usable("server_auth"), [
            "apiserver",
            "aggregated-apiserver",
            "webhook",
            "etcd-server",
            "etcd-peer",
        ]);
        assert.equal(usable("client_auth").length, leaves.length - 4);
        assert.ok(usable("client_auth").includes("etcd-peer"));
    });
});
