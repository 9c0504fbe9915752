import { writeFileSync } from "node:fs";
import * as path from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { silent } from "../../../local/support/progress";
import { ensureBinaries } from "../../../local/toolchain";
import { apiServerBinaries, startApiServer, type ApiServer } from "../../support/apiServer";
import { homeWithProvider, inlineStack } from "../../support/inlineStack";
import { temporaryFolder } from "../../support/temporary";
import { Cloud } from "../../../local/simulation/cloud/cloud";

const simulated = ["aws", "awsx", "eks"] as const;

/** The real engine on a simulated AWS, for one spec file. */
export class Simulation {
    private readonly folder = temporaryFolder();
    readonly cloud = new Cloud(path.join(this.folder, "cloud"));
    private home = "";
    private pulumi = "";

    constructor() {
        const { start } = this;
        // The first run builds the binaries.
        before(function () {
            this.timeout(0);
            return start();
        });
    }

    stack(program: PulumiFn) {
        return inlineStack(this.home, this.pulumi, program);
    }

    /** Gives the simulated EKS clusters a real API server, and this process the AWS CLI they need. */
    withApiServer(): { readonly api: ApiServer } {
        const started: { api?: ApiServer } = {};
        const { PATH } = process.env;
        before(async () => {
            const api = await startApiServer(await ensureBinaries(apiServerBinaries, silent));
            started.api = api;
            this.cloud.endpoint = endpointOf(api.kubeconfig);
            process.env.PATH = this.awsCli(api.kubeconfig) + path.delimiter + process.env.PATH;
        });
        after(() => {
            process.env.PATH = PATH;
            return started.api?.stop();
        });
        return started as { api: ApiServer };
    }

    private readonly start = async () => {
        this.pulumi = (await ensureBinaries(["pulumi"], silent)).pulumi;
        for (const name of ["kubernetes", "tls", "command"]) {
            await homeWithProvider(this.folder, name);
        }
        for (const name of simulated) {
            this.home = await homeWithProvider(this.folder, name, "simulation");
        }
    };

    /** All that is asked of it: who the user of a cluster is. */
    private awsCli(kubeconfig: string): string {
        const { users } = JSON.parse(kubeconfig) as { users: [{ user: { token: string } }] };
        const credential = JSON.stringify({
            apiVersion: "client.authentication.k8s.io/v1beta1",
            kind: "ExecCredential",
            status: { token: users[0].user.token },
        });
        const file = path.join(this.folder, "aws");
        writeFileSync(file, `#!/bin/sh\necho '${credential}'\n`, { mode: 0o700 });
        return this.folder;
    }
}

function endpointOf(kubeconfig: string) {
    const { clusters } = JSON.parse(kubeconfig) as {
        clusters: [{ cluster: { server: string; "certificate-authority-data": string } }];
    };
    const { server, "certificate-authority-data": authority } = clusters[0].cluster;
    return { server, authority };
}
