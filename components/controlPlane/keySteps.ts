import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { certificatesIn } from "../support/pem";
import type { Problem } from "../support/problems";
import { guardChange } from "./changeGuard";
import { hostNamespace } from "./layout";
import { authorityNames } from "./pki/leaves";
import { defaultAuthorities, type OwnAuthority, type PkiSettings } from "./pki/pkiChecks";

export const keysAnnotation = "control-plane-keys";

/** Which key makes what is new, and all that are known: what one of these has made is taken. */
export interface KeyUse {
    readonly active: string;
    readonly known: readonly string[];
}

/** By what the keys are for. */
export type KeyUses = Readonly<Record<string, KeyUse>>;

export interface KeySettings {
    readonly pki: PkiSettings;
    readonly encryptionGenerations: readonly number[];
}

const encryption = "encryption";

/** Generations, and digests of the authorities that the user brings. */
export function keysOf({ pki, encryptionGenerations }: KeySettings): pulumi.Output<KeyUses> {
    const { own = {}, authorities = defaultAuthorities } = pki;
    const made = generations(authorities.signing, authorities.trusted);
    const uses: Record<string, pulumi.Input<KeyUse>> = {
        [encryption]: generations(encryptionGenerations[0]!, encryptionGenerations),
        "service-accounts": made,
        ...Object.fromEntries(
            authorityNames.map((name) => [name, own[name] ? useOf(own[name]) : made]),
        ),
    };
    return pulumi.output(uses);
}

const generationName = (generation: number) => `generation ${generation}`;

const isGeneration = (key: string) => /^generation \d/.test(key);

const generations = (active: number, known: readonly number[]): KeyUse => ({
    active: generationName(active),
    known: known.map(generationName),
});

/** Nothing of it is secret: certificates are shown to whoever connects. */
const useOf = ({ certPem, alsoTrusted = "" }: OwnAuthority) =>
    pulumi.unsecret(
        pulumi.all([certPem, alsoTrusted]).apply(([own, others]): KeyUse => {
            const known = [own, others].flatMap(certificatesIn).map(certificateName);
            return { active: known[0] ?? "", known };
        }),
    );

const certificateName = (pem: string) =>
    `the certificate ${createHash("sha256").update(pem.replace(/\s/g, "")).digest("hex").slice(0, 12)}`;

/**
 * Why these keys cannot follow upon those in one update: while it lasts, some of the control plane go by the old ones
 * still and others by the new ones.
 */
export function keyProblems(before: KeyUses, after: KeyUses): Problem[] {
    const problems = Object.entries(after).flatMap(([role, now]) => {
        const then = before[role];
        const path = pathOf(role, now);
        return then === undefined
            ? []
            : stepProblems(then, now).map((message) => ({ path, message }));
    });
    // Several authorities go by the same generations.
    return [...new Map(problems.map((each) => [each.path + each.message, each])).values()];
}

function pathOf(role: string, { active }: KeyUse): string {
    if (role === encryption) return "encryptionGenerations";
    return isGeneration(active) ? "pki.authorities" : `pki.own.${role}`;
}

function stepProblems(then: KeyUse, now: KeyUse): string[] {
    if (isGeneration(then.active) !== isGeneration(now.active)) {
        return [
            `goes from ${then.active} to ${now.active}: one that is made here and one that you bring cannot both be trusted for a time. Set it back; another control plane can begin with it.`,
        ];
    }
    return [
        ...(then.known.includes(now.active)
            ? []
            : [
                  `begins with ${now.active}, which was not known so far: some would refuse what it makes. Let it only be known at first, beside ${then.active}, with an update of its own.`,
              ]),
        ...(now.known.includes(then.active)
            ? []
            : [
                  `drops ${then.active}, which has made all that is there. Keep it as one that is known, and drop it with the update after.`,
              ]),
    ];
}

/** On the namespace: no Secret with keys or certificates is changed before it. */
export const keyGuard = (name: string) =>
    guardChange<KeyUses>({
        name: `${name}-keys`,
        what: `KarmadaControlPlane "${name}"`,
        on: `namespace ${hostNamespace}`,
        annotation: keysAnnotation,
        check: keyProblems,
    });
