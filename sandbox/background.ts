/** Work that goes on behind the answers: `tick` starts what may start now and says whether anything is left to do. */
export type Work = { tick(): boolean; stop(): void };

/** Looks after work until nothing is left. */
export type Background = { wake(): void; stop(): void };

/** Looks at all work when woken, and again every so many milliseconds while any of it has something left. */
export function createBackground(work: readonly Work[], everyMs: number): Background {
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    clearTimeout(timer);
    timer = undefined;
    // All of them, also where the first has something left.
    const isLeft = work.map((one) => one.tick()).includes(true);
    if (isLeft) timer = setTimeout(wake, everyMs).unref();
  }

  return {
    wake,
    stop() {
      clearTimeout(timer);
      timer = undefined;
      for (const one of work) one.stop();
    },
  };
}
