/**
 * Reads a message of protocol buffers from field to field. The SDK's decoder takes longer over the properties of a
 * resource than rules take to judge it, and most of them nobody looks at.
 */
export class MessageReader {
    /** Number of the field that is read or skipped next. */
    field = 0;
    private wireType = 0;
    /** Where the field begins. */
    private start = 0;
    private at: number;

    constructor(
        private readonly bytes: Buffer,
        start = 0,
        private readonly end = bytes.length,
    ) {
        this.at = start;
    }

    /** Goes to the next field, past the one before; false at the end. */
    next(): boolean {
        if (this.at >= this.end) return false;
        this.start = this.at;
        const tag = this.varint();
        this.field = tag >>> 3;
        this.wireType = tag & 7;
        return true;
    }

    varint(): number {
        let value = 0;
        for (let factor = 1; ; factor *= 128) {
            const byte = this.bytes[this.at++]!;
            value += (byte & 127) * factor;
            if (byte < 128) return value;
        }
    }

    double(): number {
        this.at += 8;
        return this.bytes.readDoubleLE(this.at - 8);
    }

    text(): string {
        const start = this.pass();
        return this.bytes.toString("utf8", start, this.at);
    }

    message(): MessageReader {
        const start = this.pass();
        return new MessageReader(this.bytes, start, this.at);
    }

    slice(): Buffer {
        const start = this.pass();
        return this.bytes.subarray(start, this.at);
    }

    /** The field with its number, as it stands in the message. */
    whole(): Buffer {
        this.skip();
        return this.bytes.subarray(this.start, this.at);
    }

    skip(): void {
        if (this.wireType === 0) this.varint();
        else if (this.wireType === 2) this.pass();
        else this.at += this.wireType === 1 ? 8 : 4;
    }

    /** Goes past what tells its length, and answers where that began. */
    private pass(): number {
        const length = this.varint();
        const start = this.at;
        this.at += length;
        return start;
    }
}

/** A google.protobuf.Struct, its keys in order as the SDK has them. */
export function structIn(reader: MessageReader): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    while (reader.next()) entries.push(entryIn(reader.message()));
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function entryIn(reader: MessageReader): [string, unknown] {
    const entry: [string, unknown] = ["", null];
    while (reader.next()) {
        if (reader.field === 1) entry[0] = reader.text();
        else entry[1] = valueIn(reader.message());
    }
    return entry;
}

function valueIn(reader: MessageReader): unknown {
    let value: unknown = null;
    while (reader.next()) {
        if (reader.field === 2) value = reader.double();
        else if (reader.field === 3) value = reader.text();
        else if (reader.field === 4) value = reader.varint() !== 0;
        else if (reader.field === 5) value = structIn(reader.message());
        else if (reader.field === 6) value = listIn(reader.message());
        else reader.skip();
    }
    return value;
}

function listIn(reader: MessageReader): unknown[] {
    const values: unknown[] = [];
    while (reader.next()) values.push(valueIn(reader.message()));
    return values;
}
