import assert from "node:assert/strict";
import { type Config, configOf, problemsOf } from "./stackFiles";

const values = [null, -1, 1e9, "x", "", true, [], {}, [1], ["x"], [{}], { a: 1 }];

/** Where something stands in a stack file, from the outside in. */
type Place = readonly string[];

function placesIn(value: unknown, place: Place = []): Place[] {
    if (typeof value !== "object" || value === null) return [place];
    const inner = Object.entries(value).flatMap(([key, each]) => placesIn(each, [...place, key]));
    return place.length === 0 ? inner : [place, ...inner];
}

function replaced(config: Config, place: Place, value: unknown): Config {
    const copy = structuredClone(config);
    const around = place.slice(0, -1).reduce((from, key) => from[key] as Config, copy);
    around[place.at(-1)!] = value;
    return copy;
}

describe("a stack file in which any one value is another", () => {
    for (const file of ["Pulumi.dev.yaml", "examples/memberStack/Pulumi.spoke.yaml"]) {
        it(`is read to its end, and has each place in ${file} told once`, function () {
            this.timeout(120_000);
            const config = configOf(file);
            for (const place of placesIn(config)) {
                for (const value of values) {
                    const told = problemsOf(replaced(config, place, value));
                    const places = told.map((each) => each.split(" ", 1)[0]);
                    const what = `${place.join(".")}: ${JSON.stringify(value)}`;
                    assert.deepEqual(places, [...new Set(places)], what);
                }
            }
        });
    }
});
