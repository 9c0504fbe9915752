export const isCertificate = (text: string): boolean => /-BEGIN CERTIFICATE-/.test(text);

export const isPrivateKey = (text: string): boolean => /-BEGIN [A-Z ]*PRIVATE KEY-/.test(text);
