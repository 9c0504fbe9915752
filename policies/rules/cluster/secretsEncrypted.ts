import { isSet, shown, textsAt } from "../../frame/read";
import { levels, resourceRule } from "../../frame/rule";
import { eksCluster } from "../../subjects/amazon";

export const secretsEncrypted = resourceRule({
    id: "EKS-02",
    name: "cluster-secrets-encrypted",
    sentence: "The Secrets of the EKS cluster are encrypted with a key of the account's own.",
    severity: "high",
    anchors: [
        "CIS EKS 5.3.1",
        "Checkov CKV_AWS_58",
        "Trivy AWS-0039",
        "Security Hub EKS.3",
        "AWS Config eks-secrets-encrypted",
    ],
    remedy: 'Set encryptionConfig to a KMS key, for the resources "secrets".',
    levels: levels.fromProd,
    unknown: "later",
    types: [eksCluster],
    check({ props }, report) {
        if (!isSet(props, "encryptionConfig", "provider", "keyArn")) {
            report("encryptionConfig.provider.keyArn is not set: name a KMS key.");
            return;
        }
        const resources = textsAt(props, "encryptionConfig", "resources");
        if (!resources.includes("secrets")) {
            report(`encryptionConfig.resources is ${shown(resources)}: set it to ["secrets"].`);
        }
    },
});
