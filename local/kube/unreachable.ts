import { UserError } from "../support/errors";

/** No answer came from the API server: it is down, elsewhere, or not who the kubeconfig says. */
export class UnreachableError extends UserError {
    constructor(
        message: string,
        readonly code: string | undefined,
    ) {
        super(message);
    }
}

const absentCodes = [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ECONNRESET",
    "EPIPE",
];

const reasons: readonly (readonly [codes: readonly string[], why: string, remedy: string])[] = [
    [
        ["ECONNREFUSED"],
        "nothing listens there",
        "start the cluster, or correct the server in the kubeconfig",
    ],
    [
        ["ENOTFOUND", "EAI_AGAIN"],
        "its host name cannot be resolved",
        "correct the server in the kubeconfig, or the DNS of this machine",
    ],
    [
        ["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
        "it does not answer in time",
        "check that this machine may reach it (network, VPN, firewall) and that it is healthy",
    ],
    [
        ["ECONNRESET", "EPIPE"],
        "it closed the connection",
        "check that the server in the kubeconfig is a Kubernetes API server and is healthy",
    ],
    [
        [
            "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
            "SELF_SIGNED_CERT_IN_CHAIN",
            "DEPTH_ZERO_SELF_SIGNED_CERT",
            "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            "UNABLE_TO_GET_ISSUER_CERT",
            "CERT_SIGNATURE_FAILURE",
        ],
        "its certificate is not signed by the kubeconfig's certificate authority",
        "set certificate-authority-data to this cluster's own CA",
    ],
    [
        ["ERR_TLS_CERT_ALTNAME_INVALID"],
        "its certificate is for another host name",
        "use a server name that the certificate holds, or set tls-server-name",
    ],
    [
        ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"],
        "its certificate is not valid at this time",
        "renew the certificate of the API server, or correct the clock",
    ],
];

/** Says in words why a server could not be reached, and what to do. */
export function unreachable(server: string, error: Error): UnreachableError {
    if (error instanceof UnreachableError) {
        return error;
    }
    const code = (error as { code?: string }).code;
    const known = reasons.find(([codes]) => code !== undefined && codes.includes(code));
    const [, why, remedy] = known ?? [
        [],
        error.message,
        "check the server and the credentials in the kubeconfig",
    ];
    const shown = known && code ? `${why} (${code})` : why;
    return new UnreachableError(`cannot reach ${server}: ${shown}; ${remedy}`, code);
}

/** Nobody answered at all; otherwise it was someone whom the kubeconfig does not describe rightly. */
export function isAbsent(error: unknown): boolean {
    return error instanceof UnreachableError && absentCodes.includes(error.code ?? "");
}
