/** Each certificate of a text with any number of them. */
export const certificatesIn = (text: string): string[] =>
    text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];

export const isCertificate = (text: string): boolean => /-BEGIN CERTIFICATE-/.test(text);

export const isPrivateKey = (text: string): boolean => /-BEGIN [A-Z ]*PRIVATE KEY-/.test(text);
