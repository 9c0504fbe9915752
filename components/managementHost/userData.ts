import type { Architecture } from "../support/architecture";

/** What the host runs; the AWS CLI comes with its system, from packages that Amazon signs. */
const hostTools = {
    kubectl: {
        version: "1.35.1",
        sha256: {
            x86_64: "36e2f4ac66259232341dd7866952d64a958846470f6a9a6a813b9117bd965207",
            arm64: "706256e21a4e9192ee62d1a007ac0bfcff2b0b26e92cc7baad487a6a5d08ff82",
        },
    },
} as const;

const kubeconfigPath = "/etc/karmada/parent.kubeconfig";

export interface HostFacts {
    readonly region: string;
    readonly clusterName: string;
    readonly architecture: Architecture;
    /** Of Karmada, and so of karmadactl. */
    readonly karmadaVersion: string;
    /** SHA-256 of the archive of karmadactl; undefined takes the one that is published beside it. */
    readonly karmadactlSha256?: string;
}

const nameOf = { x86_64: "amd64", arm64: "arm64" } as const;

/** Runs once, as root. A tool that is not what it should be ends it, before it is installed. */
export function userData(facts: HostFacts): string {
    const { region, clusterName, architecture, karmadaVersion, karmadactlSha256 } = facts;
    const platform = nameOf[architecture];
    const { version, sha256 } = hostTools.kubectl;
    const archive = `karmadactl-linux-${platform}.tgz`;
    const release = `https://github.com/karmada-io/karmada/releases/download/v${karmadaVersion}`;
    const checksum =
        karmadactlSha256 === undefined
            ? [
                  `fetch ${release}/${archive}.sha256 published`,
                  'checksum="$(cut -d " " -f 1 published)"',
              ]
            : [`checksum=${karmadactlSha256}`];
    return [
        "#!/bin/bash",
        "set -euo pipefail",
        'fetch() { curl --fail --silent --show-error --location --retry 5 --output "$2" "$1"; }',
        'verify() { echo "$1  $2" | sha256sum --check --strict; }',
        'cd "$(mktemp -d)"',
        "",
        `fetch https://dl.k8s.io/release/v${version}/bin/linux/${platform}/kubectl kubectl`,
        `verify ${sha256[architecture]} kubectl`,
        "install -m 0755 kubectl /usr/local/bin/kubectl",
        "",
        ...checksum,
        `fetch ${release}/${archive} ${archive}`,
        `verify "$checksum" ${archive}`,
        `tar -xzf ${archive} karmadactl`,
        "install -m 0755 karmadactl /usr/local/bin/karmadactl",
        "",
        "mkdir -p /etc/karmada",
        "# The host's rights take a while to be known everywhere.",
        "for attempt in $(seq 60); do",
        `    aws eks update-kubeconfig --region ${region} --name ${clusterName} --alias ${clusterName} --kubeconfig ${kubeconfigPath} && break`,
        "    sleep 5",
        "done",
        `chmod 0644 ${kubeconfigPath}`,
        `echo 'export KUBECONFIG=${kubeconfigPath}' > /etc/profile.d/karmada.sh`,
        "",
    ].join("\n");
}
