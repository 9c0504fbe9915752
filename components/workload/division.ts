/** How many replicas each member runs; members without any are left out. */
export type Division = Readonly<Record<string, number>>;
export type Weights = Readonly<Record<string, number>>;

interface Seat {
    readonly name: string;
    readonly weight: number;
    replicas: number;
}

/**
 * Divides replicas by static weights as Karmada's scheduler does since 1.16: by the Webster method,
 * in double precision, ties first to whom has fewer, then by name in a direction that the workload's
 * UID decides. Earlier divisions play no part.
 */
export function divideReplicas(replicas: number, weights: Weights, uid = ""): Division {
    return divide(replicas, weights, uid !== "" && (fnv1a32(uid) & 1) === 1);
}

/** Every division that some UID leads to: two where a tie falls on the last replica, else one. */
export function possibleDivisions(replicas: number, weights: Weights): readonly Division[] {
    const ascending = divide(replicas, weights, false);
    const descending = divide(replicas, weights, true);
    const same = Object.keys(weights).every((name) => ascending[name] === descending[name]);
    return same ? [ascending] : [ascending, descending];
}

function divide(replicas: number, weights: Weights, descending: boolean): Division {
    const seats = Object.entries(weights)
        .map(([name, weight]): Seat => ({ name, weight, replicas: 0 }))
        .sort(byName);
    // In the order in which names win a tie: the first of equals is found first below.
    const order = descending ? [...seats].reverse() : seats;
    for (let given = 0; given < replicas; given++) {
        const next = order.reduce((best, seat) => (isBefore(seat, best) ? seat : best));
        next.replicas++;
    }
    return Object.fromEntries(
        seats.filter((seat) => seat.replicas > 0).map((seat) => [seat.name, seat.replicas]),
    );
}

function isBefore(one: Seat, other: Seat): boolean {
    const difference = claim(one) - claim(other);
    return difference === 0 ? one.replicas < other.replicas : difference > 0;
}

function claim({ weight, replicas }: Seat): number {
    return weight / (2 * replicas + 1);
}

function byName(one: Seat, other: Seat): number {
    return one.name < other.name ? -1 : 1;
}

function fnv1a32(text: string): number {
    let hash = 0x811c9dc5;
    for (const byte of Buffer.from(text, "utf8")) {
        hash = Math.imul(hash ^ byte, 0x01000193);
    }
    return hash >>> 0;
}
