import { awsStack } from "./aws/program";
import { existingStack } from "./existing/program";
import { StackFiles } from "./files";
import { memberStack } from "./member/program";
import { StackKind } from "./parseSettings";
import { readSettings } from "./settings";

/** A function, because one that waits cannot stand at the top of a program: its result is the outputs. */
export = async () => {
    const files = new StackFiles();
    const settings = readSettings(files);
    switch (settings.kind) {
        case StackKind.Existing:
            return existingStack(settings, files);
        case StackKind.Aws:
            return awsStack(settings, files);
        case StackKind.Member:
            return memberStack(settings, files);
    }
};
