import assert from "node:assert/strict";
import { endingSoon, type LedgerRow } from "../../../../../components/controlPlane/pki/ledger";

const now = new Date("2026-11-21T12:00:00Z");

const row = (notAfter: string): LedgerRow => ({
    name: "apiserver",
    subject: "CN=system:karmada:karmada-apiserver",
    names: ["lb.example.com"],
    notAfter,
    generation: "2",
    renewal: "renews with the next up after 2027-07-01",
});

describe("certificates that end soon [KAR-2]", () => {
    it("are named with the day and what to do, while they are still good", () => {
        assert.deepEqual(endingSoon([row("2026-12-21T12:00:00Z")], now), [
            "The certificate apiserver (CN=system:karmada:karmada-apiserver) ends in 30 days, on 2026-12-21T12:00:00Z: it renews with the next up after 2027-07-01.",
        ]);
    });

    it("are named when they have ended", () => {
        const [warning] = endingSoon([row("2026-11-20T12:00:00Z")], now);
        assert.match(warning!, /apiserver .* has ended, on 2026-11-20/);
    });

    it("are none as long as a leaf has more left than the next generation needs", () => {
        assert.deepEqual(endingSoon([row("2027-02-18T12:00:00Z")], now), []);
        assert.equal(endingSoon([row("2027-02-18T11:59:59Z")], now).length, 1);
    });
});
