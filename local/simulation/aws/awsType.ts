import { randomBytes, randomUUID } from "node:crypto";
import type { Cloud } from "../cloud/cloud";
import type { Json, JsonMap } from "../cloud/json";
import { account } from "../cloud/references";

/** What is to be known of one of AWS's types to stand in for it. */
export interface AwsType {
    readonly id: (making: Making) => string;
    /** Paths of inputs, without indexes, whose change AWS cannot make to what exists. */
    readonly replacedBy: readonly string[];
    /** Those that depend on what the change is. */
    readonly alsoReplacedBy?: (olds: JsonMap, news: JsonMap) => readonly string[];
    /** What AWS says of it beyond the inputs; asked again after each update. */
    readonly outputs?: (making: Making) => JsonMap;
    /** Input that Pulumi fills in from the resource's name, in at most so many characters. */
    readonly autoName?: {
        readonly property: string;
        readonly prefix?: string;
        readonly most: number;
    };
    /** Input that forbids deletion for as long as it is true. */
    readonly guard?: string;
}

/** A thing while it is made or changed. */
export class Making {
    constructor(
        readonly inputs: JsonMap,
        /** Empty while the id itself is made. */
        readonly id: string,
        readonly site: Site,
        private readonly old: JsonMap = {},
    ) {}

    /** What stays as it was when the thing was made. */
    kept<T extends Json>(property: string, make: () => T): T {
        return (this.old[property] as T | undefined) ?? make();
    }

    text(property: string): string {
        return String(this.inputs[property] ?? "");
    }

    map(property: string): JsonMap {
        return (this.inputs[property] ?? {}) as JsonMap;
    }

    arn(service: string, resource: string): string {
        return `arn:${this.site.partition}:${service}:${this.site.region}:${account}:${resource}`;
    }

    globalArn(service: string, resource: string): string {
        return `arn:${this.site.partition}:${service}::${account}:${resource}`;
    }
}

export interface Site {
    readonly region: string;
    readonly partition: string;
    readonly cloud: Cloud;
}

export const hex = (digits: number): string => randomBytes(digits).toString("hex").slice(0, digits);

/** Ids such as "vpc-0123456789abcdef0". */
export const hexId = (prefix: string) => (): string => `${prefix}-0${hex(16)}`;

export const uuid = (): string => randomUUID();
