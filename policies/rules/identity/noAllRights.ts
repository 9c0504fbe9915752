import { at, forEach, listAt, textAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { role, rolePolicy } from "../../subjects/amazon";

export const noAllRights = resourceRule({
    id: "IAM-01",
    name: "no-all-rights",
    sentence: "No policy allows everything on everything.",
    severity: "critical",
    anchors: [
        "Checkov CKV_AWS_62",
        "Checkov CKV_AWS_63",
        "Security Hub IAM.1",
        "Pulumi iam-policy-least-privilege",
    ],
    remedy: "Name the actions and the resources that are needed.",
    levels: levels.always,
    unknown: "later",
    types: ["aws:iam/policy:Policy", rolePolicy, role],
    check({ type, props }, report) {
        const documents =
            type === role
                ? listAt(props, "inlinePolicies").map((inline, index) => ({
                      path: `inlinePolicies[${index}].policy`,
                      text: () => textAt(inline, "policy"),
                  }))
                : [{ path: "policy", text: () => textAt(props, "policy") }];
        forEach(documents, ({ path, text }) => {
            if (statementsOf(text()).some(allowsEverything)) {
                report(
                    `${path} allows the action "*" on the resource "*": name those that are needed.`,
                );
            }
        });
    },
});

function statementsOf(document: string | undefined): unknown[] {
    let parsed: unknown;
    try {
        parsed = JSON.parse(document ?? "{}");
    } catch {
        // What is no JSON is refused by Amazon.
        return [];
    }
    const statements = at(parsed, "Statement");
    return Array.isArray(statements) ? statements : [statements];
}

function allowsEverything(statement: unknown): boolean {
    const has = (key: string) => {
        const value = at(statement, key);
        return (Array.isArray(value) ? value : [value]).includes("*");
    };
    return at(statement, "Effect") === "Allow" && has("Action") && has("Resource");
}
