/**
 * @peculiar/x509 with what its dependency injection asks of `Reflect`: its classes take no injected
 * arguments, so that "no metadata" is always the right answer.
 */
const none = (): undefined => undefined;
for (const name of ["getMetadata", "getOwnMetadata", "defineMetadata"]) {
    if (!(name in Reflect)) Object.defineProperty(Reflect, name, { value: none });
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would run before the lines above
export const x509 = require("@peculiar/x509") as typeof import("@peculiar/x509");
