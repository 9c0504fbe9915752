/** All that policies need of Pulumi's SDK: in their bundle this stands for the whole, to load which takes a third of their start. */
export * as asset from "@pulumi/pulumi/asset";
export { Output } from "@pulumi/pulumi/output";
