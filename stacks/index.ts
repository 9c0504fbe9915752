import { existingStack } from "./existing";
import { StackFiles } from "./files";
import { StackKind } from "./parseSettings";
import { readSettings } from "./settings";

const settings = readSettings();
const kinds = { [StackKind.Existing]: existingStack } as const;

export const { workloads, members } = kinds[settings.kind](settings, new StackFiles());
