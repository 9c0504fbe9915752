export { CutOffError } from "./cancellation";
export { KubeClient } from "./client";
export type { ApplyOptions, RemoveOptions, WriteOptions } from "./client";
export { readKubeconfig } from "./kubeconfig";
export type { KubeconfigOptions } from "./kubeconfig";
export { KindNotServedError, KubeError, refOf } from "./types";
export type {
    Collection,
    KubeObject,
    ObjectMeta,
    ObjectRef,
    PatchType,
    StatusCause,
} from "./types";
export { isAbsent, UnreachableError } from "./unreachable";
export { meansUnseen, TimeoutError } from "./until";
export type { UntilOptions } from "./until";
export type { Watcher, WatchEvent } from "./watch";
