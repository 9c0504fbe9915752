import { PolicyPack } from "@pulumi/policy";
import { checkConfiguration } from "./frame/configuration";
import { toPolicy } from "./frame/policy";
import { extendService } from "./frame/service";
import { rules } from "./rules";

const today = new Date().toISOString().slice(0, 10);
extendService((configuration) => checkConfiguration(rules, configuration, today));
new PolicyPack("karmada-eks", { policies: rules.map(toPolicy) });
