export { askPulumi, prepareEngine, runPulumi, type Engine, type EngineOptions } from "./pulumi";
export { readStackFile } from "./stackFile";
