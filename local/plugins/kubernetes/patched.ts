import { KubeObject } from "../../kube";
import { PropertyMap } from "../protocol/provider";
import { annotation } from "./annotations";
import { managersOf } from "./apply";
import { Configuration } from "./configuration";
import { toObject } from "./objects";
import { wouldChange } from "./plan";

/**
 * Who has set these fields of another's object, where the state has not come to know it: the manager by which to set
 * them again changes nothing. The object itself may have been made by one like it.
 */
export async function managerOfPatch(
    { client }: Configuration,
    live: KubeObject,
    inputs: PropertyMap,
): Promise<string | undefined> {
    const object = toObject(inputs);
    const { name, namespace } = live.metadata;
    const wanted = { ...object, metadata: { ...object.metadata, name, namespace } };
    const given = annotation(wanted, "fieldManager");
    for (const manager of given ? [given] : managersOf(live)) {
        if (!(await wouldChange(client, live, wanted, manager))) {
            return manager;
        }
    }
    return undefined;
}
