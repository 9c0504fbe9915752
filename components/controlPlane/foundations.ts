import type * as pulumi from "@pulumi/pulumi";

export type Authority = "karmada" | "front-proxy" | "etcd";

/** Certificates that the parts of the control plane mount. */
export type PartLeaf =
    | "apiserver"
    | "aggregated-apiserver"
    | "search"
    | "metrics-adapter"
    | "webhook"
    | "kube-controller-manager-server"
    | "etcd-client-apiserver"
    | "etcd-client-aggregated"
    | "etcd-client-search"
    | "front-proxy-client"
    | "admin"
    | "controller-manager"
    | "scheduler"
    | "kube-controller-manager"
    | "webhook-client"
    | "aggregated-apiserver-client"
    | "search-client"
    | "metrics-adapter-client"
    | "descheduler"
    | "monitoring";

/** What the parts need of the control plane's certificates, whoever made them. */
export interface Certificates {
    leaf(name: PartLeaf): {
        readonly certPem: pulumi.Output<string>;
        readonly keyPem: pulumi.Output<string>;
    };
    bundle(authority: Authority): pulumi.Output<string>;
    signer(authority: Authority): {
        readonly certPem: pulumi.Output<string>;
        readonly privateKeyPem: pulumi.Output<string>;
    };
    readonly serviceAccount: {
        readonly privatePem: pulumi.Output<string>;
        readonly publicPem: pulumi.Output<string>;
    };
}

/** What the parts need of etcd. */
export interface Store {
    readonly ready: pulumi.Resource[];
    readonly serverUrls: readonly string[];
}
