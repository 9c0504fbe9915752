import { waitFor } from "./cancellation";
import { Answer } from "./transport";
import { KindNotServedError, KubeError } from "./types";
import { statusError } from "./status";

export interface ServedKind {
    readonly plural: string;
    readonly namespaced: boolean;
}

interface ApiResource {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
}

type Fetch = (path: string) => Promise<Answer>;

/**
 * Knows where each kind lies. Asks per group version, when it is first used: an aggregated API is
 * then seen as soon as it answers, while the list of everything lags behind by seconds.
 */
export class Discovery {
    private readonly known = new Map<string, Promise<ReadonlyMap<string, ServedKind>>>();

    constructor(
        private readonly server: string,
        private readonly fetch: Fetch,
    ) {}

    /** A kind that is missing is asked for again each time: its definition may have just come. */
    async find(apiVersion: string, kind: string, signal?: AbortSignal): Promise<ServedKind> {
        const look = async () => (await waitFor(this.groupVersion(apiVersion), signal)).get(kind);
        const cached = this.known.has(apiVersion);
        let found = await look();
        if (!found && cached) {
            this.forget(apiVersion);
            found = await look();
        }
        if (!found) {
            this.forget(apiVersion);
            throw new KindNotServedError(apiVersion, kind, this.server);
        }
        return found;
    }

    forget(apiVersion: string): void {
        this.known.delete(apiVersion);
    }

    private groupVersion(apiVersion: string): Promise<ReadonlyMap<string, ServedKind>> {
        let kinds = this.known.get(apiVersion);
        if (!kinds) {
            kinds = this.ask(apiVersion);
            this.known.set(apiVersion, kinds);
            kinds.catch(() => this.forget(apiVersion));
        }
        return kinds;
    }

    private async ask(apiVersion: string): Promise<ReadonlyMap<string, ServedKind>> {
        const answer = await this.fetch(groupVersionPath(apiVersion));
        if (answer.status === 404) {
            return new Map();
        }
        if (answer.status !== 200) {
            throw statusError(answer, `cannot list the kinds of ${apiVersion}`);
        }
        const { resources } = JSON.parse(answer.body) as { resources?: ApiResource[] };
        if (!resources) {
            throw new KubeError(`${this.server} gave no list of the kinds of ${apiVersion}`, 500);
        }
        return new Map(
            resources
                .filter(({ name }) => !name.includes("/"))
                .map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]),
        );
    }
}

/** Where a group version lies: the core group has a root of its own. */
export function groupVersionPath(apiVersion: string): string {
    return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
