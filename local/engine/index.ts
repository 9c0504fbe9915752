export {
    askPulumi,
    prepareEngine,
    runPulumi,
    settle,
    type Engine,
    type EngineOptions,
} from "./pulumi";
export { readExistingStack } from "./stackFile";
