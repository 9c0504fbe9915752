/** What a node runs. */
export const NodeImage = {
    AmazonLinux: "AL2023",
    Bottlerocket: "Bottlerocket",
} as const;
export type NodeImage = (typeof NodeImage)[keyof typeof NodeImage];

export interface NodeSettings {
    /**
     * Types that are as good as each other, of one architecture; the first that is to be had is taken.
     * @default ["m7i.large"]
     */
    readonly instanceTypes?: readonly string[];
    /**
     * How many, always: 3, 5, 7 or 9, as each member of etcd needs one of its own; any number where there
     * is no etcd.
     * @default 3
     */
    readonly count?: number;
    /** @default "AL2023" */
    readonly image?: NodeImage;
    /**
     * Disk of a node in GiB, for images and logs.
     * @default 50
     */
    readonly diskSize?: number;
    /**
     * Zones of the subnets, in their order: then each has a group of its own, so that a lost node comes
     * back in the zone where its volumes are, and a zone can be added. A group for all zones is replaced
     * when one is added, and its new nodes need not be where the volumes are.
     * @default one group for all
     */
    readonly groupPerZone?: readonly string[];
}

export const nodeDefaults = {
    instanceTypes: ["m7i.large"] as readonly string[],
    count: 3,
    image: NodeImage.AmazonLinux as NodeImage,
    diskSize: 50,
} as const;
