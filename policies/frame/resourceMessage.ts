import { AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import { MessageReader, structIn } from "./message";
import type { Bag } from "./rule";

/** Where these lie in a message about a resource, whichever of the three there are. */
const fields = { type: 1, properties: 2, urn: 3, name: 4, provider: 6 };

/** A resource as the engine sends it, decoded as far as somebody asks. */
export class ResourceMessage {
    readonly type: string = "";
    readonly urn: string = "";
    readonly name: string = "";
    private decoded?: Bag;

    constructor(private readonly bytes: Buffer) {
        for (const reader = new MessageReader(bytes); reader.next();) {
            if (reader.field === fields.type) this.type = reader.text();
            else if (reader.field === fields.urn) this.urn = reader.text();
            else if (reader.field === fields.name) this.name = reader.text();
            else reader.skip();
        }
    }

    get properties(): Bag {
        return (this.decoded ??= propertiesIn(this.bytes));
    }

    /** As the SDK takes it: all at once, with these properties. */
    toSdk(properties = this.properties): AnalyzerResource {
        const { rest, provider } = withoutProperties(this.bytes);
        return Object.assign(AnalyzerResource.deserializeBinary(rest), {
            getProperties: () => struct(properties),
            getProvider: () => provider && providerIn(provider),
        }) as unknown as AnalyzerResource;
    }
}

/** Those of a whole program, of which such a message is made. */
export function resourcesIn(bytes: Buffer): ResourceMessage[] {
    const resources: ResourceMessage[] = [];
    for (const reader = new MessageReader(bytes); reader.next();) {
        resources.push(new ResourceMessage(reader.slice()));
    }
    return resources;
}

/** What the SDK makes of a Struct, all it does with one. */
const struct = (properties: Bag) => ({ toJavaScript: () => properties });

function propertiesIn(bytes: Buffer): Bag {
    for (const reader = new MessageReader(bytes); reader.next();) {
        if (reader.field === fields.properties) return structIn(reader.message());
        reader.skip();
    }
    return {};
}

function withoutProperties(bytes: Buffer) {
    const rest: Buffer[] = [];
    let provider: Buffer | undefined;
    for (const reader = new MessageReader(bytes); reader.next();) {
        if (reader.field === fields.provider) provider = reader.slice();
        else if (reader.field === fields.properties) reader.skip();
        else rest.push(reader.whole());
    }
    return { rest: Buffer.concat(rest), provider };
}

function providerIn(bytes: Buffer) {
    const { type, urn, name, properties } = new ResourceMessage(bytes);
    return {
        getType: () => type,
        getUrn: () => urn,
        getName: () => name,
        getProperties: () => struct(properties),
    };
}
