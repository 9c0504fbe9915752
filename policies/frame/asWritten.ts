import * as proxy from "@pulumi/policy/proxy";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { type Bag, secretOutputs } from "./rule";

const unknowns = new Set<unknown>(
    Object.entries(proxy as Readonly<Record<string, unknown>>)
        .filter(([name]) => name.startsWith("unknown"))
        .map(([, marker]) => marker),
);

/** What comes out of a resource and rules need: by what others refer to it, and until when it holds. */
const results = ["id", "arn", "validityEndTime", "ledger"];

/** What has come out of a resource, as far as the program says it, or else rules need it. */
export function asWritten(outputs: Bag, written: Bag): Bag {
    const kept = Object.entries(outputs).filter(
        ([name]) => Object.hasOwn(written, name) || results.includes(name),
    );
    const said = Object.entries(written).filter(
        ([name, value]) => !Object.hasOwn(outputs, name) || !unknowns.has(value),
    );
    return Object.fromEntries([...kept, ...said]);
}

/** The SDK takes the wrapping off secrets, and nobody could tell them from the rest. */
export function withSecretsMarked(outputs: Bag): Bag {
    const secrets = Object.keys(outputs).filter((name) => {
        const value = outputs[name] as Bag | null;
        return value?.[specialSigKey] === specialSecretSig;
    });
    return { ...outputs, [secretOutputs]: secrets };
}
