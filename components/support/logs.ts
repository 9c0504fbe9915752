import { type Problem, shown } from "./problems";

/** CloudWatch keeps logs for these numbers of days only. */
const logDays = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

export function checkLogDays(path: string, days: unknown): Problem[] {
    if (typeof days === "number" && logDays.includes(days)) return [];
    const message = `is ${shown(days)}; CloudWatch keeps logs for one of ${logDays.join(", ")} days.`;
    return [{ path, message }];
}
