/** A bounded set of places with a queue before it: first come, first served. */
export type Places = {
  /** Waits for a place; the function gives it back. `busy`: the queue is full. `left`: the signal aborted. */
  enter(signal: AbortSignal): Promise<(() => void) | "busy" | "left">;
  load(): { running: number; waiting: number };
};

/** So many places, and so many who may wait for one. */
export function createPlaces(places: number, waitingLimit: number): Places {
  let running = 0;
  const queue: (() => void)[] = [];

  function leaveOnce(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = queue.shift();
      // The place goes straight to the next in line, so nobody who comes now can overtake.
      if (next === undefined) running -= 1;
      else next();
    };
  }

  return {
    async enter(signal) {
      if (signal.aborted) return "left";
      if (running < places) {
        running += 1;
        return leaveOnce();
      }
      if (queue.length >= waitingLimit) return "busy";
      return new Promise((resolve) => {
        function proceed(): void {
          signal.removeEventListener("abort", giveUp);
          resolve(leaveOnce());
        }
        function giveUp(): void {
          queue.splice(queue.indexOf(proceed), 1);
          resolve("left");
        }
        signal.addEventListener("abort", giveUp, { once: true });
        queue.push(proceed);
      });
    },
    load: () => ({ running, waiting: queue.length }),
  };
}
