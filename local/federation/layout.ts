import * as path from "node:path";

/** Every path in the state directory. A process is named `etcd`, `karmada.…` or `<member>.…`. */
export function layoutOf(stateDir: string) {
    const at = (...parts: string[]) => path.join(path.resolve(stateDir), ...parts);
    return {
        root: at(),
        version: at("version"),
        lock: at("lock"),
        ports: at("ports.json"),
        members: at("members.json"),
        /** What the last start that came to its end has brought up. */
        complete: at("complete.json"),
        etcdData: at("etcd"),
        /** Certificates and keys of Karmada's side. */
        pki: at("pki"),
        /** Certificate authority that signs Karmada's client certificates. */
        caCertificate: at("pki", "ca.crt"),
        caKey: at("pki", "ca.key"),
        memberPki: (member: string) => at("pki", "members", member),
        /** Of `karmada` or of a member. */
        kubeconfig: (cluster: string) => at("kubeconfig", `${cluster}.yaml`),
        log: (process: string) => at("logs", `${process}.log`),
        previousLog: (process: string) => at("logs", `${process}.previous.log`),
        run: at("run"),
        record: (process: string) => at("run", `${process}.json`),
        /** Files that a member's karmada-agent is given. */
        agent: (member: string) => at("agents", member),
        agentHostProgram: at("agents", "host.js"),
        /** Home and state of the Pulumi engine. */
        pulumi: at("pulumi"),
    };
}

export type Layout = ReturnType<typeof layoutOf>;
