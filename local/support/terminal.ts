import { interruptionHasPassed } from "./interruption";
import type { Progress } from "./progress";

const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const redrawEvery = 100;
/** In a pipe, work that is done sooner than this is told once, at its end. */
const quietFor = 2_000;
const remindEvery = 30_000;

/** Progress as a person wants it: live lines on a terminal, plain lines in a pipe or a log. */
export const progressOn = (stream: NodeJS.WriteStream): Progress =>
    stream.isTTY ? liveProgress(stream) : plainProgress(stream);

interface Step {
    readonly label: string;
    readonly started: number;
    detail: string;
}

function liveProgress(stream: NodeJS.WriteStream): Progress {
    const running = new Set<Step>();
    let drawn = 0;
    let frame = 0;
    let timer: NodeJS.Timeout | undefined;

    const erase = () => {
        if (drawn > 0) stream.write(`\x1b[${drawn}A\x1b[J`);
        drawn = 0;
    };
    const draw = () => {
        erase();
        for (const step of running) {
            const text = `${spinner[frame % spinner.length]} ${step.label}  ${elapsed(step)}`;
            const detail = step.detail ? `  ${step.detail}` : "";
            stream.write(`${(text + detail).slice(0, (stream.columns || 80) - 1)}\n`);
            drawn++;
        }
    };
    const print = (line: string) => {
        erase();
        stream.write(`${line}\n`);
        draw();
    };
    const tick = () => {
        frame++;
        draw();
    };
    return {
        async step(label, work) {
            const step: Step = { label, started: Date.now(), detail: "" };
            running.add(step);
            timer ??= setInterval(tick, redrawEvery).unref();
            draw();
            const end = (mark: string) => {
                running.delete(step);
                print(`${mark} ${label}  ${elapsed(step)}`);
                if (running.size === 0) {
                    clearInterval(timer);
                    timer = undefined;
                }
            };
            try {
                const result = await work((detail) => (step.detail = detail));
                end("\x1b[32m✓\x1b[0m");
                return result;
            } catch (error) {
                await interruptionHasPassed();
                end("\x1b[31m✗\x1b[0m");
                throw error;
            }
        },
        note: print,
    };
}

function plainProgress(stream: NodeJS.WriteStream): Progress {
    const print = (line: string) => void stream.write(`${line}\n`);
    return {
        async step(label, work) {
            const step: Step = { label, started: Date.now(), detail: "" };
            const first = setTimeout(() => print(`${label} …`), quietFor).unref();
            const reminder = setInterval(
                () => print(`${label} … ${elapsed(step)} ${step.detail}`.trimEnd()),
                remindEvery,
            ).unref();
            try {
                const result = await work((detail) => (step.detail = detail));
                print(`${label}: done in ${elapsed(step)}`);
                return result;
            } catch (error) {
                await interruptionHasPassed();
                print(`${label}: failed after ${elapsed(step)}`);
                throw error;
            } finally {
                clearTimeout(first);
                clearInterval(reminder);
            }
        },
        note: print,
    };
}

function elapsed(step: Step): string {
    const seconds = (Date.now() - step.started) / 1_000;
    if (seconds < 60) return `${seconds.toFixed(1)} s`;
    return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
