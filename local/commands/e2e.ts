import { suite } from "./suite";

export const main = suite(
    "e2e",
    "Runs the tests against real clusters, one file after the other.",
    "--timeout",
    "180000",
);
