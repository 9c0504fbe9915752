export type PemLabel = "CERTIFICATE" | "CERTIFICATE REQUEST" | "OPENSSH PRIVATE KEY";

export function encodePem(label: PemLabel, der: Uint8Array): string {
    const lines =
        Buffer.from(der)
            .toString("base64")
            .match(/.{1,64}/g) ?? [];
    return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** The content of the text's first block of this kind; anything else in the text is passed over. */
export function decodePem(label: PemLabel, text: string): Uint8Array | undefined {
    const block = new RegExp(
        `-----BEGIN ${label}-----\\s+([A-Za-z0-9+/=\\s]+?)-----END ${label}-----`,
    );
    const base64 = block.exec(text)?.[1];
    return base64 === undefined ? undefined : Buffer.from(base64, "base64");
}
