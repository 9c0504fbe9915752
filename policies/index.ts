import { readFileSync } from "node:fs";
import { PolicyPack } from "@pulumi/policy";
import { checkConfiguration } from "./frame/configuration";
import { toPolicy } from "./frame/policy";
import { extendService } from "./frame/service";
import { rules } from "./rules";

const name = "karmada-eks";
// The engine starts the pack in its folder, and there the SDK, too, looks for the version.
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const today = new Date().toISOString().slice(0, 10);
extendService({ name, version, rules }, (configuration) =>
    checkConfiguration(rules, configuration, today),
);
new PolicyPack(name, { policies: rules.map(toPolicy) });
