import { createPublicKey, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { JwtIssuer } from "../../../components/controlPlane/apiServerFiles";
import {
    createAuthority,
    generateKey,
    issueLeaf,
    pemOf,
} from "../../../local/federation/certificates";

/** Where the OpenID standard has an issuer tell of itself, and where this one has its keys. */
const discovery = "/.well-known/openid-configuration";
const keySet = "/keys";

/** Issues tokens, and tells by which key they are known, under a certificate of an authority of its own. */
export class Issuer {
    readonly settings: JwtIssuer;
    private readonly key = generateKey();

    private constructor(
        private readonly server: Server,
        address: string,
        certificateAuthority: string,
    ) {
        const url = `https://${address}:${(server.address() as AddressInfo).port}`;
        this.settings = {
            url,
            audiences: ["karmada"],
            usernameClaim: "email",
            usernamePrefix: "people:",
            groupsClaim: "groups",
            certificateAuthority,
        };
        const publicKey = createPublicKey(pemOf(this.key)).export({ format: "jwk" });
        const answers: Readonly<Record<string, object>> = {
            [discovery]: {
                issuer: url,
                jwks_uri: url + keySet,
                response_types_supported: ["id_token"],
                subject_types_supported: ["public"],
                id_token_signing_alg_values_supported: ["ES256"],
            },
            [keySet]: { keys: [{ ...publicKey, kid: "one", alg: "ES256", use: "sig" }] },
        };
        server.on("request", ({ url: path = "" }, response) => {
            const answer = answers[path];
            response.writeHead(answer ? 200 : 404, { "Content-Type": "application/json" });
            response.end(JSON.stringify(answer));
        });
    }

    static async start(address: string): Promise<Issuer> {
        const authority = createAuthority("issuer's authority");
        const { certPem, keyPem } = issueLeaf(authority, {
            commonName: "issuer",
            usages: ["server"],
            ipAddresses: [address],
        });
        const server = createServer({ cert: certPem, key: keyPem }).listen(0, address);
        await once(server, "listening");
        return new Issuer(server, address, authority.certPem);
    }

    /** Good for an hour from now, unless the claims say otherwise. */
    token(claims: object): string {
        const now = Math.floor(Date.now() / 1_000);
        const { url: iss, audiences } = this.settings;
        const body = { iss, aud: audiences, iat: now, exp: now + 3_600, ...claims };
        const parts = [{ alg: "ES256", kid: "one", typ: "JWT" }, body];
        const text = parts.map((part) => encoded(JSON.stringify(part))).join(".");
        const key = { key: this.key, dsaEncoding: "ieee-p1363" } as const;
        return `${text}.${encoded(sign("sha256", Buffer.from(text), key))}`;
    }

    stop(): void {
        this.server.closeAllConnections();
        this.server.close();
    }
}

const encoded = (part: string | Buffer) => Buffer.from(part).toString("base64url");
