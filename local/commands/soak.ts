import { suite } from "./suite";

export const main = suite(
    "soak",
    "Runs the long tests: what survives being killed, again and again.",
);
