import * as path from "node:path";

/** Files of one cluster's certificates. */
export function pkiFiles(folder: string) {
    const at = (name: string) => path.join(folder, name);
    return {
        caCertificate: at("ca.crt"),
        caKey: at("ca.key"),
        /** Folder of the one certificate that all servers of the cluster show. */
        serving: at("serving"),
        servingCertificate: at("serving/tls.crt"),
        servingKey: at("serving/tls.key"),
        serviceAccountKey: at("sa.key"),
        serviceAccountPublicKey: at("sa.pub"),
        frontProxyCa: at("front-proxy-ca.crt"),
        frontProxyCertificate: at("front-proxy-client.crt"),
        frontProxyKey: at("front-proxy-client.key"),
        etcdCa: at("etcd-ca.crt"),
        etcdServerCertificate: at("etcd-server.crt"),
        etcdServerKey: at("etcd-server.key"),
        etcdClientCertificate: at("etcd-client.crt"),
        etcdClientKey: at("etcd-client.key"),
    };
}
