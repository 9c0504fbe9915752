import * as pulumi from "@pulumi/pulumi";
import { type Problem, shown, within } from "../../support/problems";
import { authorityNames, type AuthorityName } from "./leaves";
import { checkOwnAuthority } from "./ownAuthority";

/** An authority that the user brings instead of one made here. */
export interface OwnAuthority {
    /** Its certificate, PEM. */
    readonly certPem: pulumi.Input<string>;
    /** Its private key, PEM. Kept as a secret. */
    readonly privateKeyPem: pulumi.Input<string>;
    /** Certificates, PEM, of an authority that is on its way out or in: trusted, but signs nothing. */
    readonly alsoTrusted?: pulumi.Input<string>;
}

export type OwnAuthorities = Readonly<Partial<Record<AuthorityName, OwnAuthority>>>;

/**
 * Which of the authorities made here sign and which are trusted. To replace them without a moment in
 * which somebody does not trust somebody: { signing: 1, trusted: [1, 2] }, up;
 * { signing: 2, trusted: [1, 2] }, up; { signing: 2, trusted: [2] }, up. The service accounts' key
 * goes along.
 */
export interface AuthorityGenerations {
    readonly signing: number;
    readonly trusted: readonly number[];
}

export const defaultAuthorities: AuthorityGenerations = { signing: 1, trusted: [1] };

export interface PkiSettings {
    /** Any other number renews every leaf with the next update. */
    readonly generation?: number;
    /** @default signing 1, trusted [1] */
    readonly authorities?: AuthorityGenerations;
    readonly own?: OwnAuthorities;
}

/** What can be said before any resource exists. */
export function checkPki(settings: PkiSettings, now: Date): Problem[] {
    const { generation, authorities, own = {} } = settings;
    return [
        ...(generation === undefined ? [] : checkGeneration("generation", generation)),
        ...(authorities === undefined ? [] : within("authorities", checkAuthorities(authorities))),
        ...authorityNames.flatMap((name) => {
            const authority = own[name];
            return authority ? within(`own.${name}`, checkKnown(authority, now)) : [];
        }),
        ...within("own", checkApart(own)),
    ];
}

/** One authority for two would let those in with the one whom only the other has let in. */
function checkApart(own: OwnAuthorities): Problem[] {
    const byText = new Map<string, AuthorityName>();
    return authorityNames.flatMap((name) => {
        const text = known(own[name]?.certPem)?.trim();
        if (text === undefined) return [];
        const other = byText.get(text);
        byText.set(text, name);
        if (other === undefined) return [];
        const message = `is that of own.${other}; each needs an authority of its own, or who is let in by the one is let in by the other.`;
        return [{ path: `${name}.certPem`, message }];
    });
}

function checkKnown({ certPem, privateKeyPem, alsoTrusted }: OwnAuthority, now: Date): Problem[] {
    const texts = {
        certPem: known(certPem),
        privateKeyPem: known(privateKeyPem),
        alsoTrusted: known(alsoTrusted),
    };
    return checkOwnAuthority(texts, now);
}

/** The text, if it need not be waited for. */
function known(input: pulumi.Input<string> | undefined): string | undefined {
    return typeof input === "string" ? input : undefined;
}

function checkAuthorities({ signing, trusted }: AuthorityGenerations): Problem[] {
    const problems = [
        ...checkGeneration("signing", signing),
        ...trusted.flatMap((each, at) => checkGeneration(`trusted[${at}]`, each)),
    ];
    if (!trusted.includes(signing)) {
        const message = `is ${shown(trusted)}, without ${signing}; what signs must be trusted.`;
        problems.push({ path: "trusted", message });
    }
    if (new Set(trusted).size < trusted.length) {
        problems.push({ path: "trusted", message: `is ${shown(trusted)}; name each once.` });
    }
    return problems;
}

function checkGeneration(path: string, value: unknown): Problem[] {
    if (Number.isInteger(value) && Number(value) >= 1) {
        return [];
    }
    return [{ path, message: `is ${shown(value)}; use a whole number from 1 on.` }];
}
