import { kindOfType, parseId } from "../../plugins/kubernetes/objects";
import { previewed } from "../../plugins/kubernetes/preview";
import { problemsOf } from "../../plugins/kubernetes/problems";
import { type Provider, ProviderError } from "../../plugins/protocol/provider";

/** Previews on clusters nobody can be asked about, those that exist too: no request is ever made. */
export const unreachedKubernetes: Provider = {
    async check({ news, type }) {
        return { inputs: news, failures: problemsOf(news, type) };
    },

    async create({ news, preview }) {
        if (!preview) throw new ProviderError("There is no cluster here to make it in.");
        return { id: "", outputs: previewed(news) };
    },

    /** What is there already is as the program asks for it. */
    async read({ id, type, inputs }) {
        const { name, namespace } = parseId(id);
        const metadata = { name, ...(namespace !== undefined && { namespace }), uid: id };
        return { id, inputs, outputs: { ...kindOfType(type), metadata } };
    },

    async diff() {
        return { changes: true };
    },

    async delete() {
        throw new ProviderError("There is no cluster here to delete it from.");
    },
};
