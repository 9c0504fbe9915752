import { suite } from "./suite";

export const main = suite(
    "e2e",
    "Runs the tests against real clusters, one file after the other.",
    "--timeout",
    "180000",
    // Whole clusters share one machine here. What needed it is named at the end.
    "--retries",
    "1",
);
