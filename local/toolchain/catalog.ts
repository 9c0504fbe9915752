import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** The pinned Go modules: one folder each, because their dependencies clash in a single one. */
export type ModuleName =
    | "coredns"
    | "etcd"
    | "gofakes3"
    | "karmada"
    | "karmada-previous"
    | "kubernetes"
    | "kwok"
    | "prometheus"
    | "prometheus-operator"
    | "pulumi"
    | "rclone";

const upstream: Readonly<Record<ModuleName, string>> = {
    coredns: "github.com/coredns/coredns",
    etcd: "go.etcd.io/etcd/server/v3",
    gofakes3: "github.com/johannesboyne/gofakes3",
    karmada: "github.com/karmada-io/karmada",
    "karmada-previous": "github.com/karmada-io/karmada",
    kubernetes: "k8s.io/kubernetes",
    kwok: "sigs.k8s.io/kwok",
    prometheus: "github.com/prometheus/prometheus",
    "prometheus-operator": "github.com/prometheus-operator/prometheus-operator",
    pulumi: "github.com/pulumi/pulumi/pkg/v3",
    rclone: "github.com/rclone/rclone",
};

export const moduleFolder = (module: ModuleName) => path.join(__dirname, "modules", module);

export interface Pin {
    readonly folder: string;
    readonly path: string;
    readonly version: string;
    /** The whole recipe of what is built: go.mod, go.sum, and the program where it is the folder's own. */
    readonly content: string;
}

/** What go.mod pins, so that a version stands in one place only. */
export function pinOf(module: ModuleName): Pin {
    const folder = moduleFolder(module);
    const goMod = readFileSync(path.join(folder, "go.mod"), "utf8");
    const required = goMod
        .split("\n")
        .map((line) =>
            line
                .replace(/^require /, "")
                .trim()
                .split(/\s+/),
        )
        // A line of tools names a module without a version.
        .find(([name, version]) => name === upstream[module] && version?.startsWith("v"));
    if (!required?.[1]) throw new Error(`${folder}/go.mod does not require ${upstream[module]}`);
    const goSum = readFileSync(path.join(folder, "go.sum"), "utf8");
    const program = path.join(folder, "main.go");
    const own = existsSync(program) ? readFileSync(program, "utf8") : "";
    return { folder, path: upstream[module], version: required[1], content: goMod + goSum + own };
}

export interface Recipe {
    readonly module: ModuleName;
    /** Import path of the program. */
    readonly package: string;
    /** Variables set by the linker, from which the binary knows its version. */
    readonly versionVariables: (version: string) => Readonly<Record<string, string>>;
    /** Build constraints that upstream's own build sets. */
    readonly tags?: readonly string[];
    /** Arguments that make the binary print its version. */
    readonly versionArgs: readonly string[];
    /** Whether a later version than the pinned one, found on PATH, will do. */
    readonly laterWillDo?: boolean;
}

const knowsItsVersion = () => ({});

const kubernetes = (name: string, ...versionArgs: string[]): Recipe => ({
    module: "kubernetes",
    package: `${upstream.kubernetes}/cmd/${name}`,
    versionVariables: (version) => {
        const [major, minor] = version.replace(/^v/, "").split(".") as [string, string];
        const values = { gitVersion: version, gitMajor: major, gitMinor: minor };
        return Object.fromEntries(
            ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((place) =>
                Object.entries(values).map(([name, value]) => [`${place}.${name}`, value]),
            ),
        );
    },
    versionArgs: versionArgs.length > 0 ? versionArgs : ["--version"],
});

const karmada = (name: string, module: ModuleName = "karmada"): Recipe => ({
    module,
    package: `${upstream.karmada}/cmd/${name}`,
    versionVariables: (version) => ({
        "github.com/karmada-io/karmada/pkg/version.gitVersion": version,
    }),
    // Without it the scheduler panics when it asks an estimator.
    tags: ["kubernetes_protomessage_one_more_release"],
    versionArgs: ["version"],
});

/** The programs of one release of etcd, each of a Go module of its own. */
const etcd = (place: string, ...versionArgs: string[]): Recipe => ({
    module: "etcd",
    package: `go.etcd.io/etcd/${place}/v3`,
    versionVariables: knowsItsVersion,
    versionArgs,
});

const recipes = {
    etcd: etcd("server", "--version"),
    etcdctl: etcd("etcdctl", "version"),
    etcdutl: etcd("etcdutl", "version"),
    "kube-apiserver": kubernetes("kube-apiserver"),
    "kube-controller-manager": kubernetes("kube-controller-manager"),
    "kube-scheduler": kubernetes("kube-scheduler"),
    kubectl: kubernetes("kubectl", "version", "--client"),
    kubelet: kubernetes("kubelet"),
    "kube-proxy": kubernetes("kube-proxy"),
    coredns: {
        module: "coredns",
        package: upstream.coredns,
        versionVariables: knowsItsVersion,
        versionArgs: ["-version"],
    },
    gofakes3: {
        module: "gofakes3",
        package: `${upstream.gofakes3}/cmd/gofakes3`,
        versionVariables: knowsItsVersion,
        // It tells none, so whatever is on PATH will not do.
        versionArgs: ["-help"],
    },
    "karmada-controller-manager": karmada("controller-manager"),
    "karmada-scheduler": karmada("scheduler"),
    "karmada-webhook": karmada("webhook"),
    "karmada-aggregated-apiserver": karmada("aggregated-apiserver"),
    "karmada-agent": karmada("agent"),
    // What a control plane is upgraded from in a test.
    "karmada-previous-controller-manager": karmada("controller-manager", "karmada-previous"),
    "karmada-previous-scheduler": karmada("scheduler", "karmada-previous"),
    "karmada-previous-webhook": karmada("webhook", "karmada-previous"),
    "karmada-previous-aggregated-apiserver": karmada("aggregated-apiserver", "karmada-previous"),
    karmadactl: karmada("karmadactl"),
    "karmada-operator": {
        ...karmada("operator"),
        package: `${upstream.karmada}/operator/cmd/operator`,
    },
    "karmada-descheduler": karmada("descheduler"),
    "karmada-metrics-adapter": karmada("metrics-adapter"),
    "karmada-scheduler-estimator": karmada("scheduler-estimator"),
    "karmada-search": karmada("karmada-search"),
    kwok: {
        module: "kwok",
        package: `${upstream.kwok}/cmd/kwok`,
        versionVariables: knowsItsVersion,
        versionArgs: ["--version"],
    },
    promtool: {
        module: "prometheus",
        package: `${upstream.prometheus}/cmd/promtool`,
        versionVariables: knowsItsVersion,
        // Half of it would be ways to find what to scrape.
        tags: ["remove_all_sd"],
        versionArgs: ["--version"],
    },
    pulumi: {
        module: "pulumi",
        package: `${upstream.pulumi}/cmd/pulumi`,
        versionVariables: (version) => ({
            "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": version,
        }),
        versionArgs: ["version"],
        laterWillDo: true,
    },
    rclone: {
        module: "rclone",
        package: "toolchain/rclone",
        versionVariables: (version) => ({ "github.com/rclone/rclone/fs.Version": version }),
        versionArgs: ["version"],
    },
} satisfies Record<string, Recipe>;

export type BinaryName = keyof typeof recipes;

export const recipeOf = (name: BinaryName): Recipe => recipes[name];
