#!/usr/bin/env bash
# From nothing to nginx running 3 / 3 / 6 on three members of a new Karmada, by upstream's own
# commands alone: what `npm start` is measured against. Ends everything it started.
#
# Usage: plain.sh BINARIES KARMADA KWOK_STAGES
#   BINARIES     folder of etcd, kube-*, kubectl, kwok, karmada-* and karmadactl
#   KARMADA      folder of Karmada's source, for its definitions
#   KWOK_STAGES  folder of kwok's stages (kustomize/stage of its source)
# Beside these it needs openssl (3 or later) and curl.
set -euo pipefail
# The one background job below becomes a process group, to be ended with all that it started.
set -m
umask 077
export LC_ALL=C PATH="$1:$PATH"
karmada_source=$2
stages=$3
sample=$(dirname "$0")/nginx.yaml

work=$(mktemp -d)
mkdir "$work/logs"
clean_up() {
    [[ -z ${!:-} ]] || kill -KILL -- "-$!" || true
    wait
    rm -rf "$work"
}
trap 'clean_up 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# --- tools ---------------------------------------------------------------------------------------

# start NAME COMMAND...: runs it on, its output in a log
start() {
    local name=$1
    shift
    "$@" >"$work/logs/$name.log" 2>&1 </dev/null &
}

# ready NAME URL: waits until the process answers there
ready() {
    local end=$((SECONDS + 120))
    until curl --silent --fail --insecure --max-time 5 --output /dev/null "$2"; do
        if ((SECONDS >= end)); then
            echo "$1 is not ready after 120 s:" >&2
            tail -n 10 "$work/logs/$1.log" >&2
            return 1
        fi
        sleep 0.1
    done
}

# together COMMAND...: runs them at the same time, and fails when one of them does
together() {
    local jobs=()
    for each in "$@"; do
        $each &
        jobs+=($!)
    done
    for job in "${jobs[@]}"; do wait "$job"; done
}

# take_port VARIABLE...: gives each a port on which nobody listens
next_port=$((20000 + RANDOM % 10000))
take_port() {
    for variable in "$@"; do
        while (: <"/dev/tcp/127.0.0.1/$next_port") 2>/dev/null; do ((next_port++)); done
        printf -v "$variable" %s "$((next_port++))"
    done
}

# --- certificates --------------------------------------------------------------------------------

printf '[req]\ndistinguished_name = name\n[name]\n' >"$work/openssl.cnf"
# certificate FILE SUBJECT OPTION...: a key and its certificate
certificate() {
    local file=$1 subject=$2
    shift 2
    openssl req -x509 -config "$work/openssl.cnf" -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
        -nodes -days 30 -subj "$subject" -keyout "$file.key" -out "$file.crt" "$@" 2>/dev/null
}

authority() {
    certificate "$1" "$2" -addext basicConstraints=critical,CA:TRUE \
        -addext keyUsage=critical,keyCertSign,cRLSign
}

# leaf AUTHORITY USAGE FILE SUBJECT [OPTION...]
leaf() {
    local authority=$1 usage=$2
    shift 2
    certificate "$@" -CA "$authority.crt" -CAkey "$authority.key" -addext "extendedKeyUsage=$usage"
}

# credentials CLUSTER PORT: certificates and the administrator's kubeconfig of one cluster
credentials() {
    local name=$1 port=$2 pki=$work/$1
    mkdir -p "$pki/serving"
    authority "$pki/ca" "/CN=$name-ca"
    local names=DNS:localhost,IP:127.0.0.1,DNS:karmada-aggregated-apiserver.karmada-system.svc
    leaf "$pki/ca" serverAuth "$pki/serving/tls" /CN=loopback -addext "subjectAltName=$names"
    leaf "$pki/ca" clientAuth "$pki/admin" /O=system:masters/CN=system:admin
    openssl ecparam -name prime256v1 -genkey -noout -out "$pki/sa.key"
    openssl ec -in "$pki/sa.key" -pubout -out "$pki/sa.pub" 2>/dev/null
    cat >"$work/$name.kubeconfig" <<END
apiVersion: v1
kind: Config
current-context: $name
contexts: [{ name: $name, context: { cluster: $name, user: admin } }]
clusters:
  - name: $name
    cluster: { server: "https://127.0.0.1:$port", certificate-authority: $pki/ca.crt }
users:
  - name: admin
    user: { client-certificate: $pki/admin.crt, client-key: $pki/admin.key }
END
}

# --- processes -----------------------------------------------------------------------------------

start_etcd() {
    local peers=http://127.0.0.1:$etcd_peer_port
    start etcd etcd --name=etcd --data-dir="$work/etcd" --unsafe-no-fsync --log-level=warn \
        --listen-client-urls="$etcd" --advertise-client-urls="$etcd" \
        --listen-peer-urls="$peers" --initial-advertise-peer-urls="$peers" \
        --initial-cluster="etcd=$peers"
    ready etcd "$etcd/readyz"
}

# start_api_server CLUSTER PORT OPTION...
start_api_server() {
    local name=$1 port=$2 pki=$work/$1
    shift 2
    start "$name-kube-apiserver" kube-apiserver \
        --etcd-servers="$etcd" --etcd-prefix="/$name" --endpoint-reconciler-type=none \
        --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --secure-port="$port" \
        --tls-cert-file="$pki/serving/tls.crt" --tls-private-key-file="$pki/serving/tls.key" \
        --client-ca-file="$pki/ca.crt" --service-account-key-file="$pki/sa.pub" \
        --service-account-signing-key-file="$pki/sa.key" --allow-privileged=true "$@"
    ready "$name-kube-apiserver" "https://127.0.0.1:$port/readyz"
}

# start_controllers CLUSTER PORT CONTROLLERS OPTION...
start_controllers() {
    local name=$1 port=$2 controllers=$3 pki=$work/$1 kubeconfig=$work/$1.kubeconfig
    shift 3
    start "$name-kube-controller-manager" kube-controller-manager --kubeconfig="$kubeconfig" \
        --authentication-kubeconfig="$kubeconfig" --authorization-kubeconfig="$kubeconfig" \
        --bind-address=127.0.0.1 --secure-port="$port" --leader-elect=false \
        --tls-cert-file="$pki/serving/tls.crt" --tls-private-key-file="$pki/serving/tls.key" \
        --cluster-name="$name" --root-ca-file="$pki/ca.crt" \
        --service-account-private-key-file="$pki/sa.key" --controllers="$controllers" "$@"
}

# Karmada's kinds with their conversion, rendered while its API server comes up
render_definitions() {
    cp -R "$karmada_source/charts/karmada/_crds" "$work/crds"
    chmod -R u+w "$work/crds"
    for patch in "$karmada_source"/charts/karmada/_crds/patches/*.yaml; do
        sed -e "s|{{caBundle}}|$1|" -e "s|{{name}}.{{namespace}}.svc:443|127.0.0.1:$webhook_port|" \
            "$patch" >"$work/crds/patches/${patch##*/}"
    done
    kubectl kustomize "$work/crds" >"$work/definitions.yaml"
}

karmada() {
    local pki=$work/karmada kubeconfig=$work/karmada.kubeconfig
    local deploy=$karmada_source/artifacts/deploy
    local as_admin=(kubectl --kubeconfig="$kubeconfig")
    local apply=("${as_admin[@]}" apply --server-side)

    credentials karmada "$karmada_port"
    authority "$pki/front-proxy-ca" /CN=front-proxy-ca
    leaf "$pki/front-proxy-ca" clientAuth "$pki/front-proxy-client" /CN=front-proxy-client
    local ca_bundle
    ca_bundle=$(base64 <"$pki/ca.crt" | tr -d '\n')
    render_definitions "$ca_bundle" &
    local rendering=$!
    start_api_server karmada "$karmada_port" \
        --authorization-mode=Node,RBAC --enable-bootstrap-token-auth=true \
        --disable-admission-plugins=StorageObjectInUseProtection,ServiceAccount \
        --service-account-issuer=https://kubernetes.default.svc.cluster.local \
        --service-cluster-ip-range=10.96.0.0/12 \
        --proxy-client-cert-file="$pki/front-proxy-client.crt" \
        --proxy-client-key-file="$pki/front-proxy-client.key" \
        --requestheader-client-ca-file="$pki/front-proxy-ca.crt" \
        --requestheader-allowed-names=front-proxy-client \
        --requestheader-extra-headers-prefix=X-Remote-Extra- \
        --requestheader-group-headers=X-Remote-Group \
        --requestheader-username-headers=X-Remote-User

    start_controllers karmada "$karmada_controllers_port" \
        "$(printf '%s,' namespace garbagecollector serviceaccount-token ttl-after-finished \
            bootstrapsigner tokencleaner csrcleaner csrsigning)clusterrole-aggregation" \
        --client-ca-file="$pki/ca.crt" --cluster-signing-cert-file="$pki/ca.crt" \
        --cluster-signing-key-file="$pki/ca.key" --use-service-account-credentials=true \
        --service-cluster-ip-range=10.96.0.0/12
    start karmada-webhook karmada-webhook --kubeconfig="$kubeconfig" --bind-address=127.0.0.1 \
        --secure-port="$webhook_port" --cert-dir="$pki/serving" --metrics-bind-address=0 \
        --health-probe-bind-address=0 --allow-no-execute-taint-policy=true
    start karmada-aggregated-apiserver karmada-aggregated-apiserver --kubeconfig="$kubeconfig" \
        --authentication-kubeconfig="$kubeconfig" --authorization-kubeconfig="$kubeconfig" \
        --etcd-servers="$etcd" --etcd-prefix=/karmada-aggregated \
        --bind-address=127.0.0.1 --secure-port="$aggregated_port" \
        --tls-cert-file="$pki/serving/tls.crt" --tls-private-key-file="$pki/serving/tls.key"

    wait "$rendering"
    "${apply[@]}" -f "$work/definitions.yaml" -f "$deploy/namespace.yaml" \
        -f "$deploy/admin-clusterrole-aggregation.yaml" -f "$deploy/cluster-proxy-admin-rbac.yaml"
    "${as_admin[@]}" wait --for=condition=Established crd --all --timeout=120s

    ready karmada-webhook "https://127.0.0.1:$webhook_port/readyz/"
    ready karmada-aggregated-apiserver "https://127.0.0.1:$aggregated_port/readyz"
    sed -e "s|{{caBundle}}|$ca_bundle|" -e "s|karmada-webhook.*:443|127.0.0.1:$webhook_port|" \
        "$deploy/webhook-configuration.yaml" >"$work/webhooks.yaml"
    # The Service has no pods behind it: a name that resolves here, and the port in the APIService.
    sed -e "s|{{caBundle}}|$ca_bundle|" -e "s|externalName: .*|externalName: localhost|" \
        -e "s|^  service:|  service:\\
    port: $aggregated_port|" \
        "$deploy/karmada-aggregated-apiserver-apiservice.yaml" >"$work/apiservice.yaml"
    "${apply[@]}" -f "$work/webhooks.yaml" -f "$work/apiservice.yaml"
    "${as_admin[@]}" wait --for=condition=Available apiservice/v1alpha1.cluster.karmada.io --timeout=120s

    start karmada-controller-manager karmada-controller-manager --kubeconfig="$kubeconfig" \
        --leader-elect=false --metrics-bind-address=0 \
        --health-probe-bind-address="127.0.0.1:$controller_manager_port" \
        --cluster-status-update-frequency=10s --enable-no-execute-taint-eviction=true \
        --feature-gates=Failover=true
    start karmada-scheduler karmada-scheduler --kubeconfig="$kubeconfig" \
        --leader-elect=false --metrics-bind-address=0 \
        --health-probe-bind-address="127.0.0.1:$scheduler_port" --feature-gates=Failover=true
}

# member NAME REGION API_PORT CONTROLLERS_PORT SCHEDULER_PORT KWOK_PORT
member() {
    local name=$1 region=$2 port=$3 kubeconfig=$work/$1.kubeconfig
    credentials "$name" "$port"
    start_api_server "$name" "$port" --authorization-mode=RBAC \
        --disable-admission-plugins=ServiceAccount,TaintNodesByCondition \
        --service-account-issuer="https://$name" --service-cluster-ip-range=10.96.0.0/16
    start_controllers "$name" "$4" \
        deployment,replicaset,serviceaccount,serviceaccount-token,namespace,garbagecollector,endpointslice
    start "$name-kube-scheduler" kube-scheduler --kubeconfig="$kubeconfig" \
        --authentication-kubeconfig="$kubeconfig" --authorization-kubeconfig="$kubeconfig" \
        --bind-address=127.0.0.1 --secure-port="$5" --leader-elect=false \
        --tls-cert-file="$work/$name/serving/tls.crt" \
        --tls-private-key-file="$work/$name/serving/tls.key"
    start "$name-kwok" kwok --kubeconfig="$kubeconfig" --manage-all-nodes=true \
        --node-ip=10.0.0.1 --cidr=10.1.0.0/16 --node-lease-duration-seconds=0 \
        --server-address="127.0.0.1:$6" \
        --config="$stages/node/fast/node-initialize.yaml" \
        --config="$stages/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml" \
        --config="$stages/pod/fast/pod-ready.yaml" \
        --config="$stages/pod/fast/pod-complete.yaml" \
        --config="$stages/pod/fast/pod-delete.yaml"
    for zone in a b c; do
        cat <<END
---
apiVersion: v1
kind: Node
metadata:
  name: $name-$zone
  labels:
    kubernetes.io/hostname: $name-$zone
    kubernetes.io/os: linux
    topology.kubernetes.io/region: $region
    topology.kubernetes.io/zone: $region$zone
status:
  allocatable: { cpu: "32", memory: 128Gi, pods: "250" }
  capacity: { cpu: "32", memory: 128Gi, pods: "250" }
END
    done | kubectl --kubeconfig="$kubeconfig" create -f -
}

join() {
    karmadactl --kubeconfig="$work/karmada.kubeconfig" join "$1" \
        --cluster-kubeconfig="$work/$1.kubeconfig" \
        --cluster-provider=aws --cluster-region="$2" --cluster-zones="$2a,$2b,$2c"
}

# runs MEMBER REPLICAS: waits until the member runs that many of nginx
runs() {
    local as_admin=(kubectl --kubeconfig="$work/$1.kubeconfig" wait deployment/nginx --timeout=120s)
    "${as_admin[@]}" --for=create
    "${as_admin[@]}" --for=jsonpath='{.status.availableReplicas}'="$2"
}

# --- the whole -----------------------------------------------------------------------------------

federation() {
    take_port etcd_port etcd_peer_port karmada_port karmada_controllers_port webhook_port \
        aggregated_port controller_manager_port scheduler_port m1a m1b m1c m1d m2a m2b m2c m2d \
        m3a m3b m3c m3d
    etcd=http://127.0.0.1:$etcd_port
    start_etcd
    together "karmada" \
        "member ekseucl01 eu-central-1 $m1a $m1b $m1c $m1d" \
        "member ekseucl02 eu-central-1 $m2a $m2b $m2c $m2d" \
        "member eksuscl01 us-east-1 $m3a $m3b $m3c $m3d"
    together "join ekseucl01 eu-central-1" "join ekseucl02 eu-central-1" "join eksuscl01 us-east-1"
    local as_admin=(kubectl --kubeconfig="$work/karmada.kubeconfig")
    "${as_admin[@]}" wait --for=condition=Ready clusters --all --timeout=120s
    "${as_admin[@]}" apply --server-side -f "$sample"
    together "runs ekseucl01 3" "runs ekseucl02 3" "runs eksuscl01 6"
    echo "nginx runs 3 / 3 / 6 on ekseucl01, ekseucl02, eksuscl01"
}

TIMEFORMAT="%1R s"
time {
    federation &
    wait $!
}
