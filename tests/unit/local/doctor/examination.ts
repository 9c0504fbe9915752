import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { diagnose, type Finding } from "../../../../local/doctor";
import { projectRoot } from "../../../../local/support/root";
import { standInAws } from "../../../support/awsCli";
import { temporaryFolder } from "../../../support/temporary";
import { type Answers, goodAccount } from "./account";
import { resources } from "./plan";

interface Circumstances {
    /** Folder with all programs that there are; without it there are none. */
    readonly tools?: string;
    readonly today?: string;
    readonly answerWithinMs?: number;
    /** Types of what is there already. */
    readonly made?: readonly string[];
    readonly environment?: NodeJS.ProcessEnv;
}

export const lines = (findings: readonly Finding[]) =>
    findings.map(({ verdict, subject, message }) => `${verdict} ${subject}: ${message}`);

/** The dev stack's file in a folder of its own, and what the doctor says of it. */
export function examination() {
    const folder = temporaryFolder();
    const stackFile = path.join(folder, "Pulumi.dev.yaml");
    let tools = 0;
    const newTools = () => path.join(folder, `tools-${tools++}`);

    beforeEach(() => copyFileSync(path.join(projectRoot, "Pulumi.dev.yaml"), stackFile));

    return {
        folder,
        stackFile,
        stackFileSays: (...config: string[]) =>
            writeFileSync(stackFile, ["config:", ...config, ""].join("\n")),
        /** An `aws` that answers as in an account in which all is well, but for these questions. */
        withAws: (changed: Answers = {}, version?: string) =>
            standInAws(newTools(), { ...goodAccount, ...changed }, version),
        /** A `pulumi` that is this shell script. */
        withPulumi(...script: string[]): string {
            const place = newTools();
            mkdirSync(place);
            const program = ["#!/bin/sh", ...script, ""].join("\n");
            writeFileSync(path.join(place, "pulumi"), program, { mode: 0o700 });
            return place;
        },
        says({
            tools = path.join(folder, "nothing"),
            today = "2026-11-21",
            answerWithinMs = 20_000,
            made = [],
            environment = {},
        }: Circumstances = {}): Promise<readonly Finding[]> {
            return diagnose({
                stack: stackFile,
                environment: { ...environment, PATH: tools },
                today: new Date(today),
                answerWithinMs,
                plan: async () => ({
                    resources,
                    added: resources.filter(({ type }) => !made.includes(type)),
                }),
            });
        },
    };
}
