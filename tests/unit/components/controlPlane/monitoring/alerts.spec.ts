import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
    type Alert,
    type AlertGroup,
} from "../../../../../components/controlPlane/monitoring/alert";
import { etcdAlerts } from "../../../../../components/controlPlane/monitoring/etcdAlerts";
import { karmadaAlerts } from "../../../../../components/controlPlane/monitoring/karmadaAlerts";
import {
    backupAlerts,
    certificateAlerts,
} from "../../../../../components/controlPlane/monitoring/lifetimeAlerts";
import type { LedgerRow } from "../../../../../components/controlPlane/pki/ledger";
import { valueOf } from "../../../../support/mocks";
import { metricsIn } from "../../../../support/promql";

const row = (name: LedgerRow["name"], notAfter: string): LedgerRow => ({
    name,
    subject: `CN=${name}`,
    names: [],
    notAfter,
    generation: "2",
    renewal: "renews with the next up after 2027-07-01",
});
const ledger = pulumi.output([
    row("apiserver", "2027-09-20T00:00:00Z"),
    row("webhook", "2027-09-19T00:00:00Z"),
    row("karmada-authority", "2036-01-01T00:00:00Z"),
]);
const renewal = new Date("2027-07-01T00:00:00Z");
const certificates = certificateAlerts(renewal, ledger);
const jobs = ["karmada-scheduler", "karmada-webhook"];
const everything = [etcdAlerts(3), karmadaAlerts(jobs), certificates, backupAlerts(24)];

const find = ({ alerts }: AlertGroup, name: string): Alert =>
    alerts.find((alert) => alert.name === name)!;
const text = (input: pulumi.Input<string>) => valueOf(pulumi.output(input));
const seconds = (date: string) => Date.parse(date) / 1000;
const day = 86_400;

describe("alerts of a control plane", () => {
    it("tell of a lost majority by the number of members there are", () => {
        const running = '(sum(up{namespace="karmada-system",job="etcd"}) or vector(0))';
        const least = (members: number) =>
            find(etcdAlerts(members), "KarmadaEtcdWithoutQuorum").expression;
        assert.deepEqual(
            [1, 3, 5, 7].map(least),
            [1, 2, 3, 4].map((majority) => `${running} < ${majority}`),
        );
        assert.equal(find(etcdAlerts(5), "KarmadaEtcdMemberDown").expression, `${running} < 5`);
    });

    it("remind of renewal two weeks after it is due, and long before a certificate ends", async () => {
        const due = find(certificates, "KarmadaCertificatesToRenew");
        const reminder = seconds("2027-07-01") + 14 * day;
        assert.equal(due.expression, `vector(time()) > ${reminder}`);
        assert.ok(reminder < seconds("2027-09-19") - 60 * day);
    });

    it("tell of the certificate that ends first", async () => {
        const { expression, description } = find(certificates, "KarmadaCertificateEnds");
        assert.equal(
            await text(expression),
            `vector(time()) > ${seconds("2027-09-19") - 21 * day}`,
        );
        assert.match(
            (await text(description)) ?? "",
            /^"webhook" ends on 2027-09-19.* renews with/,
        );
    });

    it("tell of a backup that is older than it may get", () => {
        const tooOld = (hours: number) =>
            String(find(backupAlerts(hours), "KarmadaBackupTooOld").expression);
        assert.match(tooOld(24), /> 86400$/);
        assert.match(tooOld(200), /> 720000$/);
    });

    it("tell of every part that nobody sees any more", () => {
        const missing = karmadaAlerts(jobs).alerts.filter(
            ({ name }) => name === "KarmadaPartMissing",
        );
        assert.deepEqual(
            missing.map(({ expression }) => expression),
            jobs.map((job) => `absent(up{namespace="karmada-system",job="${job}"})`),
        );
    });

    it("are sentences of Prometheus's own language, and each is about some metric", async () => {
        assert.throws(() => metricsIn("sum(up{) > 0"), /No parse/);
        for (const { name, expression } of everything.flatMap(({ alerts }) => alerts)) {
            const told = (await text(expression)) ?? "";
            const isByTheClock = /^vector\(time\(\)\) > \d+$/.test(told);
            assert.equal(metricsIn(told).length > 0, !isByTheClock, `${name}: ${told}`);
        }
    });

    it("speak of this control plane alone, never of the parent's own etcd or API server", async () => {
        for (const { name, expression } of everything.flatMap(({ alerts }) => alerts)) {
            const selectors = [...((await text(expression)) ?? "").matchAll(/{([^}]*)}/g)];
            for (const [, selector] of selectors) {
                assert.match(selector!, /^namespace="karmada-system"/, name);
            }
        }
    });

    it("say each something else, and what to do about it", async () => {
        const all = everything.flatMap(({ alerts }) => alerts);
        const expressions = await Promise.all(all.map(({ expression }) => text(expression)));
        assert.equal(new Set(expressions).size, all.length);
        for (const { name, summary, description, ...alert } of all) {
            assert.match(name, /^Karmada[A-Z]/);
            assert.match(alert.for, /^\d+[mh]$/);
            assert.ok(summary.endsWith("."), summary);
            assert.ok((await text(description))?.endsWith("."), name);
        }
    });
});
