/** The last type of the URN's chain of parents, and the name, which may itself hold `::`. */
export function parseUrn(urn: string): { readonly type: string; readonly name: string } {
    const [, , types = "", ...name] = urn.split("::");
    return { type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

/** A resource refers to its provider by that one's URN and id. */
export const urnOfProvider = (reference: string): string =>
    reference.slice(0, reference.lastIndexOf("::"));

/** How people call a type: "Cluster" of "aws:eks/cluster:Cluster". */
export const shortType = (type: string): string => type.split(":").at(-1)!;
