/** What a month of use is taken to be where the price depends on it: a small fleet without much traffic. */
export const assumed = {
    natGB: 50,
    endpointGB: 5,
    /** Average use of a load balancer, of which one unit is 1 GB an hour or 800 new connections a second. */
    balancerUnits: 0.1,
    clusterLogGB: 10,
    flowLogGB: 5,
    bucketGB: 5,
} as const;

/** What is in no line, and can be a large part of a bill. */
export const notCounted = [
    "traffic between zones, between Regions and to the internet",
    "what the workloads themselves need: their nodes, volumes and load balancers",
    "logs as long as they are kept, requests to keys and buckets, CPU credits of t types",
    "tax, discounts and free tiers; extended support of EKS, which the stacks do not use",
] as const;
