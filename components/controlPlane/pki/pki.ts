import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { type Authority, declareAuthority, joined, ownAuthority } from "./authority";
import { type Generation, generationAt } from "./generation";
import { issue } from "./issue";
import { endingSoon, leafRow, type LedgerRow, renewsAfter } from "./ledger";
import {
    authorityNames,
    type AuthorityName,
    type Leaf,
    type LeafName,
    leavesOf,
    type PkiSite,
    withNames,
} from "./leaves";
import { type AuthorityGenerations, defaultAuthorities, type PkiSettings } from "./pkiChecks";

/** `checkPki` and the control plane's own checks have passed before these get here. */
export interface PkiArgs extends PkiSite, PkiSettings {
    /** Name or address by which clients reach Karmada's API; need not be known in a preview. */
    readonly endpointHost: pulumi.Input<string>;
    /** When this update runs; decides what is renewed. */
    readonly now: Date;
}

export interface IssuedLeaf {
    readonly certPem: pulumi.Output<string>;
    /** Secret. */
    readonly keyPem: pulumi.Output<string>;
}

/** Every key and certificate of a control plane. */
export interface Pki {
    leaf(name: LeafName): IssuedLeaf;
    /** Whom to trust: the signing authority, then those on their way out or in. */
    bundle(authority: AuthorityName): pulumi.Output<string>;
    signer(authority: AuthorityName): Pick<Authority, "certPem" | "privateKeyPem">;
    /** The key that signs service accounts' tokens, and all keys by which they are known. */
    readonly serviceAccount: {
        readonly privatePem: pulumi.Output<string>;
        readonly publicPem: pulumi.Output<string>;
    };
    readonly ledger: pulumi.Output<readonly LedgerRow[]>;
}

export function createPki(name: string, args: PkiArgs, opts: pulumi.CustomResourceOptions): Pki {
    const { own = {}, now } = args;
    const generations = args.authorities ?? defaultAuthorities;
    const generation = generationAt(now, args.generation);
    const authorities = Object.fromEntries(
        authorityNames.map((authority) => {
            const brought = own[authority];
            return [
                authority,
                brought
                    ? ownAuthority(authority, brought, now, opts)
                    : declareAuthority(name, authority, generations, opts),
            ];
        }),
    ) as Record<AuthorityName, Authority>;
    const leaves = new Map(
        leavesOf(args).map((leaf) => [
            leaf.name,
            declareLeaf(
                name,
                leaf.name === "apiserver"
                    ? pulumi.output(args.endpointHost).apply((host) => withNames(leaf, [host]))
                    : pulumi.output(leaf),
                leaf,
                authorities[leaf.authority],
                generation,
                opts,
            ),
        ]),
    );
    const ledger = pulumi.all([
        ...authorityNames.map((authority) => authorities[authority].row),
        ...[...leaves.values()].map(({ row }) => row),
    ]);
    ledger.apply((rows) => {
        for (const warning of endingSoon(rows, now)) void pulumi.log.warn(warning, opts.parent);
    });
    return {
        leaf: (leafName) => leaves.get(leafName)!,
        bundle: (authority) => authorities[authority].bundle,
        signer: (authority) => authorities[authority],
        serviceAccount: declareServiceAccountKeys(name, generations, opts),
        ledger,
    };
}

/** `named` is the leaf with all its names, which may be known later than the rest of it. */
function declareLeaf(
    name: string,
    named: pulumi.Output<Leaf>,
    leaf: Leaf,
    authority: Authority,
    generation: Generation,
    opts: pulumi.CustomResourceOptions,
): IssuedLeaf & { readonly row: pulumi.Output<LedgerRow> } {
    const resource = (role: string) => `${name}-${leaf.name}-${role}-${generation.label}`;
    const { certPem, keyPem, notAfter } = issue(resource, leaf, named, authority, opts);
    return {
        certPem,
        keyPem,
        row: pulumi.all([named, notAfter]).apply(([known, end]) =>
            leafRow(known, {
                notAfter: end,
                generation: generation.label,
                renewal: renewsAfter(generation.endsAt),
            }),
        ),
    };
}

/** Never renewed with the leaves: every token they signed would be void. RSA, as many who check such tokens know nothing else. */
function declareServiceAccountKeys(
    name: string,
    { signing, trusted }: AuthorityGenerations,
    opts: pulumi.CustomResourceOptions,
): Pki["serviceAccount"] {
    const keys = new Map(
        trusted.map((generation) => [
            generation,
            new tls.PrivateKey(
                `${name}-service-account-key-${generation}`,
                { algorithm: "RSA", rsaBits: 2048 },
                opts,
            ),
        ]),
    );
    const others = trusted.filter((generation) => generation !== signing);
    return {
        privatePem: pulumi.secret(keys.get(signing)!.privateKeyPem),
        publicPem: joined([signing, ...others].map((each) => keys.get(each)!.publicKeyPem)),
    };
}
