import { given } from "../support/givenArgs";

/** People's own sign-in, by a token of an issuer: so nobody has to share the administrator's certificate. */
export interface JwtIssuer {
    /** Address of the issuer; its OpenID discovery document is below it. */
    readonly url: string;
    /** Who the token must be meant for. */
    readonly audiences: readonly string[];
    /** Claim with the user's name. */
    readonly usernameClaim: string;
    /** Put before the name, so that it is nobody else's, e.g. "people:". */
    readonly usernamePrefix: string;
    /** Claim with the user's groups, if they are to count. They get the same prefix. */
    readonly groupsClaim?: string;
    /**
     * Authorities that its server's certificate may be of, in PEM.
     * @default those that the API server's image trusts
     */
    readonly certificateAuthority?: string;
}

/** Without credentials only health may be asked for: load balancers and kubelets have none. */
export const authenticationConfiguration = (issuers: readonly JwtIssuer[]) => ({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "AuthenticationConfiguration",
    anonymous: {
        enabled: true,
        conditions: ["/livez", "/readyz", "/healthz"].map((path) => ({ path })),
    },
    jwt: issuers.map(({ usernameClaim, usernamePrefix: prefix, groupsClaim, ...issuer }) => ({
        issuer: {
            ...given(issuer),
            ...(issuer.audiences.length > 1 ? { audienceMatchPolicy: "MatchAny" } : {}),
        },
        claimMappings: {
            username: { claim: usernameClaim, prefix },
            ...(groupsClaim === undefined ? {} : { groups: { claim: groupsClaim, prefix } }),
        },
    })),
});

/** What Karmada puts into a member lies whole in one of these, Secrets too. */
const works = { group: "work.karmada.io", resource: "works" };

/**
 * Who did what, with what was sent. Never the content of Secrets and tokens, and nothing of what
 * health checks and leader election ask all day.
 */
export const auditPolicy = {
    apiVersion: "audit.k8s.io/v1",
    kind: "Policy",
    omitStages: ["RequestReceived"],
    omitManagedFields: true,
    rules: [
        {
            level: "None",
            nonResourceURLs: ["/livez*", "/readyz*", "/healthz*", "/version", "/openapi*"],
        },
        {
            level: "None",
            resources: [{ group: "coordination.k8s.io", resources: ["leases"] }],
        },
        { level: "None", resources: [{ group: "", resources: ["events"] }] },
        {
            level: "Metadata",
            resources: [
                { group: "", resources: ["secrets", "configmaps", "serviceaccounts/token"] },
                { group: "authentication.k8s.io", resources: ["tokenreviews"] },
                { group: works.group, resources: [works.resource, `${works.resource}/status`] },
            ],
        },
        { level: "Metadata", verbs: ["get", "list", "watch"] },
        { level: "Request" },
    ],
};

/** One key of Secrets' encryption at rest. */
export interface EncryptionKey {
    readonly name: string;
    /** 32 bytes in base64. */
    readonly secret: string;
}

/** The first key writes, every key reads; what was stored before there was a key is read too. */
export const encryptionConfiguration = (keys: readonly EncryptionKey[]) => ({
    apiVersion: "apiserver.config.k8s.io/v1",
    kind: "EncryptionConfiguration",
    resources: [
        {
            resources: ["secrets", `${works.resource}.${works.group}`],
            providers: [{ secretbox: { keys } }, { identity: {} }],
        },
    ],
});
