import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { examination, lines } from "./examination";

describe("the doctor and where the state is kept [PAR-6]", function () {
    this.timeout(60_000);
    const { says, stackFile, withPulumi } = examination();

    const loggedInTo = (url: string) =>
        withPulumi(`[ "$1" = whoami ] && echo '{"user":"ana","url":"${url}"}'`);
    /** The stack is made, and this is all that is known of how its secrets are encrypted. */
    const madeWith = (providers: object) => {
        const exported = JSON.stringify({ deployment: { secrets_providers: providers } });
        return withPulumi(`[ "$1 $2" = "stack export" ] && echo '${exported}'`);
    };
    const notMade = () => withPulumi("echo \"error: no stack named 'dev' found\" >&2", "exit 6");

    const about = async (
        subject: string,
        tools: string | undefined,
        environment: NodeJS.ProcessEnv = {},
    ) => lines(await says({ tools, environment })).filter((line) => line.includes(` ${subject}: `));

    it("warns of a state that is on this machine only", async () => {
        assert.deepEqual(await about("state", loggedInTo("s3://our-state?region=eu-central-1")), [
            "ok state: kept in s3://our-state?region=eu-central-1",
        ]);
        assert.match(String(await about("state", loggedInTo("file://~"))), /^warning state: /);
    });

    it("tells how secrets are encrypted, as the stack file says", async () => {
        appendFileSync(stackFile, "\nencryptionsalt: v1:abc\n");
        assert.match(String(await about("secrets", notMade())), /^problem secrets: .* not set/);
        assert.match(
            String(await about("secrets", notMade(), { PULUMI_CONFIG_PASSPHRASE: "" })),
            /^warning secrets: encrypted by a passphrase/,
        );
        appendFileSync(stackFile, 'secretsprovider: "awskms://alias/state?region=eu-central-1"\n');
        assert.deepEqual(await about("secrets", undefined), [
            "ok secrets: encrypted by awskms://alias/state?region=eu-central-1",
        ]);
    });

    it("asks the backend where the stack file says nothing, or leaves it to the backend", async () => {
        assert.deepEqual(await about("secrets", madeWith({ type: "service" })), [
            "ok secrets: encrypted by the backend that keeps the stack",
        ]);
        appendFileSync(stackFile, "\nsecretsprovider: default\n");
        const url = "awskms://alias/state?region=eu-central-1";
        assert.deepEqual(await about("secrets", madeWith({ type: "cloud", state: { url } })), [
            `ok secrets: encrypted by ${url}`,
        ]);
        assert.match(
            String(await about("secrets", madeWith({ type: "passphrase" }))),
            /^problem secrets: encrypted by a passphrase that is not set/,
        );
    });

    it("says how a stack is made that is not there yet", async () => {
        const findings = await says({ tools: notMade() });
        const found = findings.find(({ subject }) => subject === "secrets")!;

        assert.deepEqual(lines([found]), ["warning secrets: the stack has not been made yet"]);
        assert.match(found.remedy!, /^pulumi stack init dev --secrets-provider 'awskms:/);
    });

    it("does not guess where nobody can be asked", async () => {
        assert.match(String(await about("secrets", undefined)), /^unchecked secrets: /);
        assert.match(
            String(await about("secrets", withPulumi("echo 'error: no login' >&2", "exit 1"))),
            /^unchecked secrets: no backend answers: error: no login/,
        );
    });
});
