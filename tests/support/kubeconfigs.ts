/** A kubeconfig as tests need it: recognisable, and of no use anywhere. */
export function sampleKubeconfig(server = "https://karmada.example.com:32443"): string {
    return `apiVersion: v1
kind: Config
current-context: admin
clusters:
  - name: main
    cluster:
      server: ${server}
      certificate-authority-data: ${Buffer.from("CA of main").toString("base64")}
contexts:
  - name: admin
    context: { cluster: main, user: root }
users:
  - name: root
    user: { token: do-not-show-this-token }
`;
}

export const sampleSigner = {
    certPem: "-----BEGIN CERTIFICATE-----\nsigner\n-----END CERTIFICATE-----\n",
    privateKeyPem: "-----BEGIN PRIVATE KEY-----\nsigner-key\n-----END PRIVATE KEY-----\n",
};
