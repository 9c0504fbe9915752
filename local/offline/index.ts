export { previewOffline, type OfflineOptions } from "./preview";
export {
    unknown,
    type Diagnostic,
    type OfflinePreview,
    type PlannedResource,
    type PolicyJudgement,
    type PolicyViolation,
} from "./planned";
