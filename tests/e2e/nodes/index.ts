export {
    controlPlaneImages,
    operatorImages,
    optionalImages,
    previousImages,
    shellImage,
    snapshotImages,
    storeImage,
    type Image,
} from "./images";
export { NodesCluster, type NodesOptions } from "./nodesCluster";
export { parentCluster, type ParentCluster } from "./parentCluster";
