import { type AwsType, uuid } from "../awsType";

const iamName = (most: number) => ({ property: "name", prefix: "namePrefix", most });

export const identity: Readonly<Record<string, AwsType>> = {
    "aws:iam/role:Role": {
        id: (making) => making.text("name"),
        replacedBy: ["name", "namePrefix", "path"],
        outputs: (making) => ({
            arn: making.globalArn("iam", `role${making.text("path") || "/"}${making.id}`),
            uniqueId: making.kept("uniqueId", () => `AROA${uuid().slice(0, 8).toUpperCase()}`),
        }),
        autoName: iamName(64),
    },
    "aws:iam/rolePolicy:RolePolicy": {
        id: ({ inputs }) => `${String(inputs.role)}:${String(inputs.name)}`,
        replacedBy: ["name", "namePrefix", "role"],
        autoName: iamName(128),
    },
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        id: ({ inputs }) => `${String(inputs.role)}/${String(inputs.policyArn)}`,
        replacedBy: ["role", "policyArn"],
    },
    "aws:iam/policy:Policy": {
        id: (making) => making.globalArn("iam", `policy/${making.text("name")}`),
        replacedBy: ["description", "name", "namePrefix", "path"],
        outputs: (making) => ({ arn: making.id }),
        autoName: iamName(128),
    },
    "aws:iam/instanceProfile:InstanceProfile": {
        id: (making) => making.text("name"),
        replacedBy: ["name", "namePrefix", "path"],
        outputs: (making) => ({ arn: making.globalArn("iam", `instance-profile/${making.id}`) }),
        autoName: iamName(128),
    },
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
        id: (making) =>
            making.globalArn("iam", `oidc-provider/${making.text("url").replace("https://", "")}`),
        replacedBy: ["url"],
        outputs: (making) => ({ arn: making.id }),
    },
    "aws:kms/key:Key": {
        id: uuid,
        replacedBy: [
            "bypassPolicyLockoutSafetyCheck",
            "customKeyStoreId",
            "customerMasterKeySpec",
            "keyUsage",
            "multiRegion",
        ],
        outputs: (making) => ({ arn: making.arn("kms", `key/${making.id}`), keyId: making.id }),
    },
    "aws:kms/alias:Alias": {
        id: (making) => making.text("name"),
        replacedBy: ["name", "namePrefix"],
        outputs: (making) => ({ arn: making.arn("kms", making.id) }),
        autoName: { property: "name", prefix: "namePrefix", most: 256 },
    },
};
