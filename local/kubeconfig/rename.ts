import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { shown } from "../../components/support/problems";
import { UserError } from "../support/errors";

/**
 * The same kubeconfig with another name for a cluster, wherever it stands: its entry, the contexts that
 * lead to it, and a context of the same name. Everything else is left as it was written.
 */
export function renameCluster(text: string, from: string, to: string): string {
    const document = parseDocument(text, { logLevel: "silent" });
    if (document.errors.length > 0 || !isMap(document.contents)) {
        throw new UserError("This is no kubeconfig: it is not YAML with clusters in it.");
    }
    if (to === "") throw new UserError("The new name is empty.");
    const clusters = entries(document, "clusters");
    const contexts = entries(document, "contexts");
    rename(clusters, from, to, "cluster");
    for (const context of contexts) {
        const path = ["context", "cluster"];
        if (context.getIn(path) === from) context.setIn(path, to);
    }
    if (contexts.some((each) => each.get("name") === from)) {
        rename(contexts, from, to, "context");
        if (document.get("current-context") === from) document.set("current-context", to);
    }
    return document.toString({ lineWidth: 0 });
}

function rename(list: readonly YAMLMap[], from: string, to: string, what: string): void {
    const names = list.map((entry) => entry.get("name"));
    const found = list.filter((entry) => entry.get("name") === from);
    if (found.length === 0) {
        const known = names.length > 0 ? names.map(shown).join(", ") : "none";
        throw new UserError(`There is no ${what} ${shown(from)}; it has ${known}.`);
    }
    if (names.includes(to)) {
        throw new UserError(`There is a ${what} ${shown(to)} already; choose another name.`);
    }
    for (const entry of found) entry.set("name", to);
}

function entries(document: Document, key: string): YAMLMap[] {
    const list = document.get(key);
    return isSeq(list) ? list.items.filter((each) => isMap(each)) : [];
}
