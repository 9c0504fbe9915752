import { KubeObject } from "../../../kube";
import type { PropertyMap } from "../../protocol/provider";
import { isCoreSecret } from "../objects";
import { parseJsonPath } from "./jsonPath";
import { conditionsOf, isObserved, Readiness, ready, waiting } from "./readiness";

/** What the annotation `pulumi.com/waitFor` asks for: one expression, or a JSON list of which all must hold. */
export function parseWaitFor(text: string): (object: KubeObject) => Readiness {
    const checks = expressionsOf(text).map(parseExpression);
    return (object) => {
        const missing = checks.flatMap((check) => check(object) ?? []);
        return missing.length === 0 ? ready : waiting(missing.join(", "));
    };
}

/** Says what is missing, or nothing when the object is as wanted. */
type Check = (object: KubeObject) => string | undefined;

function expressionsOf(text: string): string[] {
    if (!text.trim().startsWith("[")) {
        return [text];
    }
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list) || list.length === 0 || list.some((one) => typeof one !== "string")) {
        throw new SyntaxError("a list must hold at least one expression, each a string");
    }
    return list as string[];
}

function parseExpression(text: string): Check {
    const [, prefix, rest = ""] = /^(jsonpath|condition)=(.*)$/s.exec(text) ?? [];
    switch (prefix) {
        case "jsonpath":
            return pathCheck(rest);
        case "condition":
            return conditionCheck(rest);
        default:
            throw new SyntaxError(
                `"${text}" must begin with "jsonpath=" or "condition=", e.g. jsonpath={.status.phase}=Ready`,
            );
    }
}

function pathCheck(text: string): Check {
    const [, path, , wanted] = /^\{\s*(.*?)\s*\}(=(.*))?$/s.exec(text) ?? [];
    if (path === undefined || wanted === "") {
        throw new SyntaxError(
            `"jsonpath=${text}" must be jsonpath={.path} or jsonpath={.path}=value`,
        );
    }
    const select = parseJsonPath(path);
    const goal = `{${path}}${wanted === undefined ? "" : `=${wanted}`}`;
    return (object) => {
        if (!isObserved(object)) {
            return `${goal} (the last change is not observed yet)`;
        }
        const [found] = select(object as unknown as PropertyMap);
        if (found === undefined) {
            return `${goal} (there is none yet)`;
        }
        const holds = wanted === undefined || String(found) === wanted;
        const seen = isCoreSecret(object) ? "another value" : JSON.stringify(found);
        return holds ? undefined : `${goal} (found ${seen})`;
    };
}

function conditionCheck(text: string): Check {
    const [type = "", status = "True", more] = text.split("=");
    if (type === "" || status === "" || more !== undefined) {
        throw new SyntaxError(
            `"condition=${text}" must be condition=Type or condition=Type=Status`,
        );
    }
    return (object) => {
        const goal = `condition ${type}=${status}`;
        const found = conditionsOf(object).find(
            (each) => each.type.toLowerCase() === type.toLowerCase(),
        );
        if (!found) {
            return `${goal} (there is none yet)`;
        }
        if (!isObserved(object, found)) {
            return `${goal} (the last change is not observed yet)`;
        }
        const holds = found.status.toLowerCase() === status.toLowerCase();
        return holds ? undefined : `${goal} (found ${found.status})`;
    };
}
