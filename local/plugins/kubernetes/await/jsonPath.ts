import { isPropertyMap, type PropertyValue } from "../../protocol/provider";

export type Select = (value: PropertyValue) => readonly PropertyValue[];

const step =
    /^(?:\.(?<name>[\p{L}_][\p{L}\p{N}_]*)|\.(?<every>\*)|\[(?:(?<index>-?\d+)|(?<all>\*)|'(?<single>[^']*)'|"(?<double>[^"]*)"|\?\(?(?<filter>[^()]*?)\)?)\])/u;
const filterForm =
    /^@(?<path>[^=!]*?)\s*(?:(?<operator>==|!=)\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<literal>true|false|null|-?\d+(?:\.\d+)?))\s*)?$/;

/** The part of JSONPath that conditions use: names, indices, wildcards and filters by one comparison. */
export function parseJsonPath(text: string): Select {
    const steps: Select[] = [];
    let rest = text.replace(/^\$/, "");
    while (rest !== "") {
        const match = step.exec(rest);
        if (!match?.groups) {
            throw new SyntaxError(`"${rest}" in JSONPath "${text}" is not understood`);
        }
        steps.push(stepOf(match.groups));
        rest = rest.slice(match[0].length);
    }
    return (value) => steps.reduce((found, next) => found.flatMap(next), [value]);
}

function stepOf(groups: Record<string, string | undefined>): Select {
    const name = groups.name ?? groups.single ?? groups.double;
    if (name !== undefined) {
        return (value) => (isPropertyMap(value) && name in value ? [value[name]!] : []);
    }
    if (groups.index !== undefined) {
        const index = Number(groups.index);
        return (value) => (Array.isArray(value) ? value.slice(index, index + 1 || undefined) : []);
    }
    if (groups.filter !== undefined) {
        const keep = filterOf(groups.filter.trim());
        return (value) => childrenOf(value).filter(keep);
    }
    return childrenOf;
}

function filterOf(text: string): (value: PropertyValue) => boolean {
    const groups = filterForm.exec(text)?.groups;
    if (!groups) {
        throw new SyntaxError(`the filter "${text}" is not understood`);
    }
    const select = parseJsonPath(groups.path ?? "");
    if (!groups.operator) {
        return (value) => select(value).length > 0;
    }
    const wanted: unknown = groups.double ?? groups.single ?? JSON.parse(groups.literal ?? "null");
    return (value) => (select(value)[0] === wanted) === (groups.operator === "==");
}

function childrenOf(value: PropertyValue): readonly PropertyValue[] {
    return typeof value === "object" && value !== null ? Object.values(value) : [];
}
