import * as assert from "node:assert/strict";
import { secretNames } from "../../../components/controlPlane/secretNames";
import { allProcesses } from "../../support/processTree";
import { type ControlPlaneInCluster, namespace } from "./controlPlaneInCluster";

const marker = "PRIVATE KEY";
/** Up to the end of the body's first line: in what follows there is also what is public of a key. */
const pem = /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\s|\\+n)+([A-Za-z0-9+/=]+)/g;
const pemInBase64 = /LS0tLS1CRUdJTi[A-Za-z0-9+/=]+/g;

interface Resource {
    readonly urn: string;
}

/** What a control plane shows to nobody: all its private keys, and what encrypts its Secrets. */
export class Hidden {
    private constructor(
        /** What each text is. */
        private readonly texts: ReadonlyMap<string, string>,
    ) {}

    /** As the state has it when its secrets are shown, and the Secrets in the cluster. */
    static async of(controlPlane: ControlPlaneInCluster): Promise<Hidden> {
        const { parentClient, stack } = controlPlane;
        const texts = new Map<string, string>();
        const addKeys = (what: string, found: string) => {
            for (const key of keysIn(found)) texts.set(key, what);
        };
        const { resources } = (await stack.exportStack()).deployment as { resources: Resource[] };
        for (const resource of resources) {
            addKeys(resource.urn.split("::").at(-1)!, JSON.stringify(resource));
        }
        const secrets = await parentClient.list("v1", "Secret", { namespace });
        for (const { metadata, data } of secrets) {
            addKeys(`Secret ${metadata.name}`, contentsOf(data).join("\n"));
        }
        addKeys("the administrator's kubeconfig", await controlPlane.adminKubeconfig());

        const encryption = secrets.find(({ metadata }) => metadata.name === secretNames.encryption);
        const [configuration] = contentsOf(encryption!["data"]);
        for (const [, secret] of configuration!.matchAll(/"secret":"([^"]+)"/g)) {
            texts.set(secret!, "what encrypts Secrets");
        }

        const hidden = new Hidden(texts);
        hidden.assertComplete(JSON.stringify([resources, secrets]));
        return hidden;
    }

    /** What of it can be read in a text, be it clear, in base64, or in base64 of that. */
    shownIn(text: string): string[] {
        const shown = [...this.texts].filter(([secret]) => canBeReadIn(text, secret));
        return [...new Set(shown.map(([, what]) => what))];
    }

    /** And any other private key. */
    shownBesideOthersIn(text: string): string[] {
        return [...this.shownIn(text), ...(canBeReadIn(text, marker) ? [marker] : [])];
    }

    /** Otherwise nothing would be found anywhere. */
    private assertComplete(allShown: string): void {
        const known = new Set(this.texts.values());
        assert.deepEqual(new Set(this.shownIn(allShown)), known);
        const kinds = [
            /^karmada-encryption-key-1$/,
            /^the administrator's kubeconfig$/,
            /^what encrypts Secrets$/,
            /^Secret karmada-apiserver-cert$/,
        ];
        for (const kind of kinds) {
            assert.ok(
                [...known].some((what) => kind.test(what)),
                `nothing is known of ${kind}: ${[...known].join()}`,
            );
        }
    }
}

const contentsOf = (data: unknown): string[] =>
    Object.values((data ?? {}) as Record<string, string>).map(decoded);

const decoded = (text: string) => Buffer.from(text, "base64").toString();

function keysIn(text: string): string[] {
    const encoded = [...text.matchAll(pemInBase64)].flatMap(([found]) => keysIn(decoded(found)));
    return [...[...text.matchAll(pem)].map(([, firstLine]) => firstLine!), ...encoded];
}

const canBeReadIn = (text: string, secret: string): boolean =>
    [secret, ...inBase64(secret), ...inBase64(secret).flatMap(inBase64)].some((form) =>
        text.includes(form),
    );

/** What of it is the same whatever comes before and after, however it lies in base64's groups of three bytes. */
const inBase64 = (text: string): string[] =>
    [0, 1, 2].map((before) => {
        const bits = (bytes: number) => (bytes * 8) / 6;
        const encoded = Buffer.from(" ".repeat(before) + text).toString("base64");
        return encoded.slice(Math.ceil(bits(before)), Math.floor(bits(before + text.length)));
    });

/** The command lines of all processes of this machine while something is done. */
export async function commandLinesDuring(work: () => Promise<unknown>): Promise<string> {
    const seen = new Set<string>();
    const look = () => allProcesses().forEach(({ command }) => seen.add(command));
    const clock = setInterval(look, 500);
    await work().finally(() => clearInterval(clock));
    look();
    return [...seen].join("\n");
}
