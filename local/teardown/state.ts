import { signatureKey } from "../plugins/protocol/wireFormat";

/** A resource as the engine writes it down, as far as it is looked at here. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    /** Components have none. */
    readonly id?: string;
    readonly parent?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly provider?: string;
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    /** It was looked up, and is another's. */
    readonly external?: boolean;
}

/** What is made somewhere, and so can go. */
export const isReal = ({ id, type, external }: StateResource): boolean =>
    id !== undefined && external !== true && !type.startsWith("pulumi:");

/** Inputs as they are; an export wraps secrets, and puts them in JSON. */
export function withoutSeals(resource: StateResource): StateResource {
    const inputs = Object.entries(resource.inputs ?? {}).map(([key, value]) => {
        const sealed = value as { [signatureKey]?: string; plaintext?: string } | null;
        const open = sealed?.[signatureKey] !== undefined && sealed.plaintext !== undefined;
        return [key, open ? JSON.parse(sealed.plaintext!) : value];
    });
    return { ...resource, inputs: Object.fromEntries(inputs) };
}
