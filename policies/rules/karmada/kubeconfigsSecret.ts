import { at, forEach, keysAt, textsAt } from "../../frame/read";
import { levels, secretOutputs, stackRule, wholeStack } from "../../frame/rule";
import { ofType } from "../../subjects/amazon";

export const kubeconfigsSecret = stackRule({
    id: "KAR-12",
    name: "kubeconfigs-secret",
    sentence: "Kubeconfigs that a program puts out are secrets.",
    severity: "critical",
    anchors: [],
    remedy: "Wrap the output in pulumi.secret: it is shown to everybody who runs the program otherwise.",
    levels: levels.always,
    unknown: "later",
    concerns: [wholeStack],
    checkStack(stack, report) {
        forEach(ofType(stack, wholeStack), ({ props }) => {
            const secrets = textsAt(props, secretOutputs);
            const open = keysAt(props).filter(
                (name) => /kube-?_?config/i.test(name) && !secrets.includes(name),
            );
            forEach(open, (name) => {
                // While its value is not known, nor is whether it will be secret.
                if (at(props, name) !== undefined) {
                    report(`the output "${name}" is not secret: wrap it in pulumi.secret.`);
                }
            });
        });
    },
});
