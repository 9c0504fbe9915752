import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
    keyProblems,
    keysOf,
    type KeySettings,
    type KeyUses,
} from "../../../../components/controlPlane/keySteps";
import { createAuthority } from "../../../../local/federation/certificates";
import { registeredBy } from "../../../support/mocks";

async function uses(settings: Partial<KeySettings>): Promise<KeyUses> {
    let known: KeyUses | undefined;
    await registeredBy(() => {
        keysOf({ pki: {}, encryptionGenerations: [1], ...settings }).apply(
            (each) => (known = each),
        );
    });
    return known!;
}

/** What is said of going from the one to the other in one update. */
async function step(before: Partial<KeySettings>, after: Partial<KeySettings>): Promise<string[]> {
    const problems = keyProblems(await uses(before), await uses(after));
    return problems.map(({ path, message }) => `${path} ${message}`);
}

const encrypted = (...encryptionGenerations: number[]) => ({ encryptionGenerations });
const signed = (signing: number, ...trusted: number[]) => ({
    pki: { authorities: { signing, trusted } },
});
const brought = (certPem: pulumi.Input<string>, alsoTrusted?: string) => ({
    pki: { own: { etcd: { certPem, privateKeyPem: "key", alsoTrusted } } },
});

describe("keys of a control plane that runs [KAR-2]", () => {
    const [old, other] = ["old", "other"].map((name) => createAuthority(name).certPem);

    it("may stay, and be replaced step by step", async () => {
        for (const steps of [
            [{}, {}],
            [{}, encrypted(1, 2), encrypted(2, 1), encrypted(2)],
            [{}, signed(1, 1, 2), signed(2, 1, 2), signed(2, 2)],
            [brought(old!), brought(old!, other), brought(other!, old), brought(other!)],
        ]) {
            for (const [at, after] of steps.slice(1).entries()) {
                assert.deepEqual(await step(steps[at]!, after), []);
            }
        }
    });

    it("are not replaced at once: what is there could not be read any more", async () => {
        assert.deepEqual(await step(encrypted(1), encrypted(2)), [
            "encryptionGenerations begins with generation 2, which was not known so far: some would refuse what it makes. Let it only be known at first, beside generation 1, with an update of its own.",
            "encryptionGenerations drops generation 1, which has made all that is there. Keep it as one that is known, and drop it with the update after.",
        ]);
    });

    it("do not begin before all know them, and do not go while they are in use", async () => {
        const [tooEarly, ...others] = await step(encrypted(1), encrypted(2, 1));
        assert.match(tooEarly!, /^encryptionGenerations begins with generation 2/);
        assert.deepEqual(others, []);
        const [tooSoon] = await step(encrypted(1, 2), encrypted(2));
        assert.match(tooSoon!, /^encryptionGenerations drops generation 1/);
    });

    it("of authorities go by the same steps, and what is wrong is said once for all of them", async () => {
        const told = await step(signed(1, 1), signed(2, 2));
        assert.deepEqual(
            told.map((each) => each.split(",")[0]),
            ["pki.authorities begins with generation 2", "pki.authorities drops generation 1"],
        );
    });

    it("of authorities that the user brings too, and never in place of one made here", async () => {
        assert.match(
            (await step(brought(old!), brought(other!)))[0]!,
            /^pki\.own\.etcd begins with/,
        );
        assert.match((await step({}, brought(old!)))[0]!, /^pki\.own\.etcd goes from generation 1/);
        assert.match(
            (await step(brought(old!), {}))[0]!,
            /^pki\.authorities .* to generation 1: one/,
        );
    });

    it("that are not known yet are not judged, nor those of before this was written down", async () => {
        assert.deepEqual(keyProblems({}, await uses({})), []);
    });
});
