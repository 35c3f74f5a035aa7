import type { Resources } from "./instance-facts.ts";

/** Copies of one component that want a place. */
export type Demand = {
  readonly name: string;
  readonly copies: number;
  readonly need: Resources;
  readonly strategy: "SPREAD" | "BINPACK";
};

/**
 * Puts copies on so many instances, demand by demand; answers how many copies of each found a place. An
 * instance takes copies as long as accelerators, vCPUs and memory last.
 */
export function placeCopies(
  demands: readonly Demand[],
  instances: number,
  each: Resources,
): Map<string, number> {
  const free = Array.from({ length: instances }, () => each);
  const placed = new Map<string, number>();
  for (const { name, copies, need, strategy } of demands) {
    let found = 0;
    while (found < copies) {
      const index = choose(free, need, strategy);
      const room = free[index];
      if (room === undefined) break;
      free[index] = less(room, need);
      found += 1;
    }
    placed.set(name, found);
  }
  return placed;
}

/** The fewest instances, up to a most, on which the largest number of these copies finds a place. */
export function instancesFor(demands: readonly Demand[], each: Resources, most: number): number {
  let best = { instances: 0, copies: 0 };
  for (let instances = 1; instances <= most; instances += 1) {
    const copies = [...placeCopies(demands, instances, each).values()].reduce((sum, count) => sum + count, 0);
    // Another instance that takes nobody in will not be followed by one that does.
    if (copies === best.copies) break;
    best = { instances, copies };
  }
  return best.instances;
}

/** Whether one copy fits on an instance that is empty. */
export function fits(need: Resources, room: Resources): boolean {
  return need.accelerators <= room.accelerators && need.cpus <= room.cpus && need.memoryMb <= room.memoryMb;
}

function choose(free: readonly Resources[], need: Resources, strategy: Demand["strategy"]): number {
  const open = free.flatMap((room, index) => (fits(need, room) ? [index] : []));
  if (strategy === "BINPACK") return open[0] ?? -1;
  // The emptiest one, the first of equals.
  return open.reduce((best, index) => (isEmptier(free[index], free[best]) ? index : best), open[0] ?? -1);
}

function isEmptier(left: Resources | undefined, right: Resources | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return left.accelerators === right.accelerators
    ? left.memoryMb > right.memoryMb
    : left.accelerators > right.accelerators;
}

function less(room: Resources, need: Resources): Resources {
  return {
    accelerators: room.accelerators - need.accelerators,
    cpus: room.cpus - need.cpus,
    memoryMb: room.memoryMb - need.memoryMb,
  };
}
