import { architectureOf } from "./architecture";
import { type Problem, shown } from "./problems";
import { nearest } from "./spelling";

const multiples = [2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 32, 48, 56, 96, 112];

/** Words for sizes, to guess from. */
const sizes = [
    ...["nano", "micro", "small", "medium", "large", "xlarge"],
    ...multiples.map((multiple) => `${multiple}xlarge`),
    ...["metal", "metal-24xl", "metal-48xl"],
];

/** How Amazon writes sizes: also those that it has yet to offer. */
const isSize =
    /^(nano|micro|small|medium|large|xlarge|([2-9]|[1-9]\d+)xlarge|metal(-[1-9]\d*xl)?)$/;

/** For a type that is to run Linux; whether Amazon has it in a Region is known only there. */
export function checkInstanceType(path: string, type: unknown, examples: string): Problem[] {
    const problem = (message: string) => [{ path, message: `is ${shown(type)}${message}` }];
    if (typeof type !== "string" || architectureOf(type) === undefined) {
        const why = /^mac/.test(String(type)) ? "runs no Linux" : "is no type of instances";
        return problem(`, which ${why}; use a type such as ${examples}.`);
    }
    const [family, size] = type.split(".") as [string, string];
    if (isSize.test(size)) return [];
    const meant = nearest(size, sizes);
    const hint =
        meant === undefined
            ? `use a type such as ${examples}.`
            : `did you mean "${family}.${meant}"?`;
    return problem(`, and ${shown(size)} is no size of instances; ${hint}`);
}
