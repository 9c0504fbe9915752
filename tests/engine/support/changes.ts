import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";

/** Resources by what happens to them, each as "Subnet net-private-1". */
export type Changes = Readonly<
    Partial<Record<"create" | "update" | "replace" | "delete", string[]>>
>;

/** What an update of the stack would do. */
export function planned(stack: Stack): Promise<Changes> {
    return changesDuring((onEvent) => stack.preview({ onEvent }));
}

/** What an update of the stack does. */
export function done(stack: Stack): Promise<Changes> {
    return changesDuring((onEvent) => stack.up({ onEvent }));
}

/** Deletes all of the stack; answers in which order that ended. */
export async function destroyed(stack: Stack): Promise<string[]> {
    const order: string[] = [];
    await stack.destroy({
        onEvent: ({ resOutputsEvent }) => {
            if (resOutputsEvent !== undefined) order.push(shown(resOutputsEvent.metadata.urn));
        },
    });
    return order;
}

async function changesDuring(
    run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
): Promise<Changes> {
    const changes: Record<string, string[]> = {};
    await run(({ resourcePreEvent }) => {
        if (resourcePreEvent === undefined) return;
        const { op, urn } = resourcePreEvent.metadata;
        const own =
            !urn.includes("::pulumi:providers:") && !urn.includes("::pulumi:pulumi:Stack::");
        if (!own || !["create", "update", "replace", "delete"].includes(op)) return;
        (changes[op] ??= []).push(shown(urn));
    });
    for (const list of Object.values(changes)) list.sort();
    return changes;
}

function shown(urn: string): string {
    const [, , types = "", ...name] = urn.split("::");
    return `${types.split(":").pop()!} ${name.join("::")}`;
}
