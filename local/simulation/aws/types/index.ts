import type { AwsType } from "../awsType";
import { compute } from "./compute";
import { eks } from "./eks";
import { identity } from "./identity";
import { network } from "./network";
import { storage } from "./storage";

export const awsTypes: Readonly<Record<string, AwsType>> = {
    ...network,
    ...identity,
    ...eks,
    ...compute,
    ...storage,
};
