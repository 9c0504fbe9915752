import { PulumiFn } from "@pulumi/pulumi/automation";
import { silent } from "../../local/support/progress";
import { ensureBinaries } from "../../local/toolchain";
import { inlineStack } from "../support/inlineStack";
import { temporaryFolder } from "../support/temporary";
import { homeWithProviderUnderTest } from "./serving";

/** The provider that is put to the test, under the real engine. */
export class ProviderUnderTest {
    readonly folder = temporaryFolder();
    private started: { home: string; pulumi: string } | undefined;

    constructor(name: string) {
        const start = async () => {
            const { pulumi } = await ensureBinaries(["pulumi"], silent);
            this.started = { home: await homeWithProviderUnderTest(this.folder, name), pulumi };
        };
        // The first run builds the engine.
        before(function () {
            this.timeout(0);
            return start();
        });
    }

    stack(program: PulumiFn) {
        return inlineStack(this.started!.home, this.started!.pulumi, program);
    }
}
