import * as assert from "node:assert/strict";
import { commandProvider } from "../../../../../local/plugins/command/provider";
import { PropertyMap, unwrapSecrets } from "../../../../../local/plugins/protocol/provider";

interface More {
    readonly signal?: AbortSignal;
    readonly timeoutSeconds?: number;
}

/** The provider, asked about one command; keeps the lines that it shows. */
export class AskedCommand {
    readonly shown: string[] = [];

    request(signal = new AbortController().signal, type = "command:local:Command") {
        return {
            type,
            name: "it",
            signal,
            status: (text: string) => void this.shown.push(text),
        };
    }

    async failuresOf(news: PropertyMap): Promise<string[]> {
        const given = { ...this.request(), olds: {}, news, randomSeed: new Uint8Array() };
        const { failures = [] } = await commandProvider.check(given);
        return failures.map(({ property, reason }) => `${property} ${reason}`);
    }

    async create(news: PropertyMap, { signal, timeoutSeconds }: More = {}): Promise<PropertyMap> {
        assert.deepEqual(await this.failuresOf(news), []);
        const given = { ...this.request(signal), news, preview: false, timeoutSeconds };
        return (await commandProvider.create(given)).outputs;
    }

    async stdoutOf(news: PropertyMap) {
        return unwrapSecrets(await this.create(news)).stdout;
    }

    async update(oldOutputs: PropertyMap, news: PropertyMap, preview = false) {
        const old = { id: "1", oldInputs: {}, oldOutputs, ignoreChanges: [] };
        const given = { ...this.request(), ...old, news, preview };
        return (await commandProvider.update!(given)).outputs;
    }
}

export const failsWith = (work: Promise<unknown>, message: RegExp) =>
    assert.rejects(work, { name: "ProviderError", message });
