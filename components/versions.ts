/** Every version and image of what the components run. */
export const versions = { karmada: "1.18.1" } as const;

export const images = {
    karmadaAgent: `docker.io/karmada/karmada-agent:v${versions.karmada}`,
} as const;
