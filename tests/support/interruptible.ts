import { exitOnSignals } from "../../local/support/interruption";

// What tests have started is ended by exit handlers, which a signal's default action would skip.
exitOnSignals();
