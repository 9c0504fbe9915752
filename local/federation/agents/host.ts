import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { layoutOf } from "../layout";
import { memberNamesIn } from "../members";
import type { Ports } from "../ports";
import { MemberAgent } from "./memberAgent";

const lookEveryMs = 500;

/**
 * The agents of a federation: one for every member whose Deployment karmada-agent asks for it. They
 * go on when this process ends, and are taken over by the next one; what stops the federation stops
 * them by their records.
 */
function main([stateDir = "", binary = "", port = ""]: readonly string[]): void {
    const layout = layoutOf(stateDir);
    const agents = new Map<string, MemberAgent>();

    const look = () => {
        const members = new Set(memberNamesIn(layout));
        for (const [member, agent] of agents) {
            if (members.has(member)) {
                agent.lookAfter(Date.now());
            } else {
                agents.delete(member);
                void agent.stop();
            }
        }
        for (const member of members) {
            if (!agents.has(member)) {
                const ports = JSON.parse(readFileSync(layout.ports, "utf8")) as Ports;
                agents.set(member, new MemberAgent(layout, member, binary, ports));
            }
        }
    };

    look();
    setInterval(look, lookEveryMs);
    createServer((_request, response) => response.end("ok")).listen(Number(port), "127.0.0.1");
}

main(process.argv.slice(2));
