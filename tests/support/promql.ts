import { parser } from "@prometheus-io/lezer-promql";

const strict = parser.configure({ strict: true });

/** Names of the metrics that an expression of Prometheus looks at; throws where it is none. */
export function metricsIn(expression: string): string[] {
    const names: string[] = [];
    strict.parse(expression).iterate({
        enter: ({ name, node, from, to }) => {
            if (name === "Identifier" && node.parent?.name === "VectorSelector") {
                names.push(expression.slice(from, to));
            }
        },
    });
    return names;
}
