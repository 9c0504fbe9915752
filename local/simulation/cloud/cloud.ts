import {
    appendFileSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { createHash, randomUUID } from "node:crypto";
import * as path from "node:path";
import type { Json, JsonMap } from "./json";
import { referencesIn, textsIn } from "./references";

/** Something that exists in AWS. */
export interface Thing {
    readonly type: string;
    readonly id: string;
    /** By which a test can call it. */
    readonly name: string;
    readonly inputs: JsonMap;
    /** Everything that AWS says of it, the inputs too. */
    readonly outputs: JsonMap;
    /** Ids, ARNs and names that are its own: others refer to it by them. */
    readonly own: readonly string[];
}

/** What one of the providers was asked. */
export interface Call {
    readonly method: "check" | "diff" | "create" | "read" | "update" | "delete" | "invoke";
    readonly type: string;
    readonly name: string;
    readonly preview: boolean;
}

/** What goes wrong, and when. */
export interface Disturbance {
    /** Which calls; all that change something, when nothing is said. */
    readonly method?: Call["method"];
    readonly type?: string;
    readonly name?: string;
    /** Only the nth of them from now on; each, when nothing is said. */
    readonly nth?: number;
    /** How long the answer takes. */
    readonly delayMs?: number;
    /** AWS refuses, with these words. */
    readonly error?: string;
}

/** The EKS clusters' API server. */
export interface Endpoint {
    readonly server: string;
    /** In base64. */
    readonly authority: string;
}

interface Weather {
    readonly since: number;
    readonly disturbances: readonly Disturbance[];
}

const changing: readonly string[] = ["create", "update", "delete"];

/** AWS, as a folder: each provider is a process of its own, and the test is another. */
export class Cloud {
    constructor(private readonly folder: string) {
        mkdirSync(this.file("things"), { recursive: true });
    }

    /** All that exists, or all of a type such as "aws:ec2/vpc:Vpc". */
    things(type?: string): Thing[] {
        return readdirSync(this.file("things"))
            .filter((name) => name.endsWith(".json"))
            .flatMap((name) => this.read<Thing>(path.join("things", name)) ?? [])
            .filter((thing) => type === undefined || thing.type === type)
            .sort((a, b) => (a.type + a.name < b.type + b.name ? -1 : 1));
    }

    find(type: string, id: string): Thing | undefined {
        return this.read<Thing>(thingFile(type, id));
    }

    put(thing: Omit<Thing, "own">): void {
        const known = this.find(thing.type, thing.id);
        // What others have, or the caller named, is no name of its own.
        const foreign = new Set([
            ...this.things().flatMap(({ own }) => own),
            ...textsIn(thing.inputs),
        ]);
        const made = textsIn(thing.outputs).filter((text) => !foreign.has(text));
        const own = [...new Set([...(known?.own ?? []), ...names(thing), ...made])];
        this.write(thingFile(thing.type, thing.id), { ...thing, own });
    }

    remove({ type, id }: Pick<Thing, "type" | "id">): void {
        rmSync(this.file(thingFile(type, id)), { force: true });
    }

    /** Those that refer to a thing. */
    users(of: Thing): Thing[] {
        return this.things().filter(
            (other) =>
                !(other.type === of.type && other.id === of.id) &&
                referencesIn(other.inputs).some((reference) => of.own.includes(reference)),
        );
    }

    /** What the inputs of a thing refer to although nobody has it. */
    missing(inputs: JsonMap): string[] {
        const own = new Set(this.things().flatMap((thing) => thing.own));
        return referencesIn(inputs).filter((reference) => !own.has(reference));
    }

    /** Of all providers, in their order. */
    calls(): Call[] {
        const file = this.file("calls.jsonl");
        if (!existsSync(file)) return [];
        const lines = readFileSync(file, "utf8").trimEnd().split("\n");
        return lines.map((line) => JSON.parse(line) as Call);
    }

    /** Writes a call down; answers what is to go wrong with it. */
    record(call: Call): Disturbance[] {
        const key = randomUUID();
        // One write, at the end of the file: other processes write too.
        appendFileSync(this.file("calls.jsonl"), `${JSON.stringify({ ...call, key })}\n`);
        const weather = this.read<Weather>("weather.json");
        if (weather === undefined || call.preview) return [];
        const until = this.calls().slice(weather.since) as (Call & { key: string })[];
        const past = until.slice(0, until.findIndex((each) => each.key === key) + 1);
        return weather.disturbances.filter((disturbance) => {
            if (!meets(call, disturbance)) return false;
            const count = past.filter((each) => meets(each, disturbance)).length;
            return disturbance.nth === undefined || disturbance.nth === count;
        });
    }

    /** From now on; without an argument nothing goes wrong any more. */
    disturb(...disturbances: Disturbance[]): void {
        this.write("weather.json", { since: this.calls().length, disturbances });
    }

    get endpoint(): Endpoint | undefined {
        return this.read<Endpoint>("endpoint.json");
    }

    set endpoint(endpoint: Endpoint | undefined) {
        this.write("endpoint.json", endpoint ?? null);
    }

    private file(name: string): string {
        return path.join(this.folder, name);
    }

    private read<T>(name: string): T | undefined {
        try {
            return (JSON.parse(readFileSync(this.file(name), "utf8")) as T | null) ?? undefined;
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
            throw error;
        }
    }

    private write(name: string, content: unknown): void {
        const file = this.file(name);
        writeFileSync(`${file}.new`, JSON.stringify(content, undefined, 2));
        renameSync(`${file}.new`, file);
    }
}

/** The property a thing is known by where that is not its id. */
function names({ id, outputs }: Omit<Thing, "own">): string[] {
    const known: Json[] = [id, outputs.arn ?? null, outputs.name ?? null, outputs.bucket ?? null];
    return known.filter((each): each is string => typeof each === "string");
}

function meets(call: Call, { method, type, name }: Disturbance): boolean {
    return (
        !call.preview &&
        (method === undefined ? changing.includes(call.method) : call.method === method) &&
        (type === undefined || call.type === type) &&
        (name === undefined || call.name === name)
    );
}

function thingFile(type: string, id: string): string {
    const hash = createHash("sha256").update(`${type} ${id}`).digest("hex").slice(0, 16);
    return path.join("things", `${type.split(":").pop()}-${hash}.json`);
}
