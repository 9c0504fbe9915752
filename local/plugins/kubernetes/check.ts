import { createHash } from "node:crypto";
import { isAbsent, KindNotServedError, KubeClient } from "../../kube";
import {
    CheckRequest,
    CheckResult,
    isPropertyMap,
    PropertyMap,
    PropertyValue,
    SecretValue,
    Unknown,
} from "../protocol/provider";
import { annotations } from "./annotations";
import { Configuration } from "./configuration";
import { serverMetadata, without } from "./objects";
import { problemsOf } from "./problems";

/** Completes the inputs with name and namespace and says what is wrong with them. */
export async function check(
    request: CheckRequest,
    { client, namespace }: Pick<Configuration, "client" | "namespace">,
): Promise<CheckResult> {
    const { news, olds, type } = request;
    const failures = problemsOf(news, type);
    const metadata = revealed(news.metadata ?? {});
    if (failures.length > 0 || !metadata) {
        return { inputs: news, failures };
    }
    const additions = {
        ...(!metadata.name && nameFor(request, metadata, revealed(olds.metadata))),
        ...(!metadata.namespace && (await isNamespaced(client, news)) && { namespace }),
    };
    const edit = (given: PropertyMap) => ({ ...without(given, serverMetadata), ...additions });
    return { inputs: { ...news, metadata: edited(news.metadata ?? {}, edit) } };
}

/** The name from before, or a new one that shows where it comes from; marked, since it may be replaced freely. */
function nameFor(
    { name, randomSeed }: CheckRequest,
    metadata: PropertyMap,
    old: PropertyMap | undefined,
): { name: PropertyValue; annotations: PropertyValue } {
    const oldAnnotations = revealed(old?.annotations);
    const adopted = oldAnnotations?.[annotations.autonamed] === "true" ? old?.name : undefined;
    const suffix = createHash("sha256").update(randomSeed).digest("hex").slice(0, 8);
    const mark = (given: PropertyMap) => ({ ...given, [annotations.autonamed]: "true" });
    return {
        name: adopted ?? `${name}-${suffix}`,
        annotations: edited(metadata.annotations ?? {}, mark),
    };
}

/** A kind that is not known (yet) is left as it is: its definition may come in the same deployment. */
async function isNamespaced(client: KubeClient, news: PropertyMap): Promise<boolean> {
    const { apiVersion, kind } = news;
    return client.isNamespaced(String(apiVersion), String(kind)).catch((error: unknown) => {
        if (!(error instanceof KindNotServedError || isAbsent(error))) throw error;
        return false;
    });
}

/** The map behind a value that may be secret; none when it is unknown. */
function revealed(value: PropertyValue | undefined): PropertyMap | undefined {
    const inner = value instanceof SecretValue ? value.value : value;
    return isPropertyMap(inner) ? inner : undefined;
}

function edited(value: PropertyValue, edit: (map: PropertyMap) => PropertyMap): PropertyValue {
    if (value instanceof SecretValue) {
        return new SecretValue(edited(value.value, edit));
    }
    return value === Unknown || !isPropertyMap(value) ? value : edit(value);
}
