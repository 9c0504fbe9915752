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

export const nameOf = ({ urn }: StateResource): string => urn.split("::").slice(3).join("::");

/** The last part of a type, which is how people call it: "Cluster" of "aws:eks/cluster:Cluster". */
export const kindOf = ({ type }: StateResource): string => type.split(":").pop()!;

/** What is made somewhere, and so can go. */
export const isReal = ({ id, type, external }: StateResource): boolean =>
    id !== undefined && external !== true && !type.startsWith("pulumi:");

const secretSignature = "4dabf18193072939515e22adb298388d";

/** Inputs as they are; an export wraps secrets, and puts them in JSON. */
export function withoutSeals(resource: StateResource): StateResource {
    const inputs = Object.entries(resource.inputs ?? {}).map(([key, value]) => {
        const sealed = value as { [secretSignature]?: string; plaintext?: string } | null;
        const open = sealed?.[secretSignature] !== undefined && sealed.plaintext !== undefined;
        return [key, open ? JSON.parse(sealed.plaintext!) : value];
    });
    return { ...resource, inputs: Object.fromEntries(inputs) };
}
