/** When a fault shows: as containers start, as an endpoint answers, or as a call is made. */
export type FaultKind = "start" | "answer" | "call";

/** Something that shall go wrong; what is left out holds for all. */
export type FaultOrder = {
  readonly kind: FaultKind;
  readonly fault: string;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly component?: string | undefined;
  readonly operation?: string | undefined;
};

/** Where something may go wrong. */
export type FaultPlace = {
  readonly region: string;
  readonly endpoint?: string | undefined;
  readonly component?: string | undefined;
  readonly operation?: string | undefined;
};

/** An order as the control path shows it, with how often it shows yet. */
export type ListedOrder = { readonly [member: string]: string | number };

/** What was asked to go wrong from now on. It is not remembered over a restart; what it did to a timeline is. */
export type FaultBoard = {
  /** Lets a fault show so many times, or until it is taken away. */
  set(order: FaultOrder, times: number | "always"): void;
  /** Takes the orders that are the same away; answers how many there were. */
  remove(order: FaultOrder): number;
  list(): readonly ListedOrder[];
  /** The fault of a kind that shows at a place now, which uses one of its times up; the oldest comes first. */
  take(kind: FaultKind, place: FaultPlace): string | undefined;
  clear(): void;
};

/** A board without orders. */
export function createFaultBoard(): FaultBoard {
  let orders: { order: FaultOrder; times: number | "always" }[] = [];
  return {
    set: (order, times) => void orders.push({ order, times }),
    remove(order) {
      const kept = orders.filter((one) => !isSame(one.order, order));
      const removed = orders.length - kept.length;
      orders = kept;
      return removed;
    },
    list: () =>
      orders.map(({ order, times }) => {
        const given = Object.entries(order).filter(([, value]) => value !== undefined);
        return { ...Object.fromEntries(given), times };
      }),
    take(kind, place) {
      const found = orders.find(({ order }) => order.kind === kind && holdsAt(order, place));
      if (found === undefined) return undefined;
      if (found.times !== "always") {
        found.times -= 1;
        if (found.times === 0) orders = orders.filter((one) => one !== found);
      }
      return found.order.fault;
    },
    clear: () => {
      orders = [];
    },
  };
}

const PLACES = ["region", "endpoint", "component", "operation"] as const;

function holdsAt(order: FaultOrder, place: FaultPlace): boolean {
  return PLACES.every((key) => order[key] === undefined || order[key] === place[key]);
}

function isSame(left: FaultOrder, right: FaultOrder): boolean {
  return [...PLACES, "kind" as const, "fault" as const].every((key) => left[key] === right[key]);
}
