import { setImmediate } from "node:timers/promises";
import { createLiveRuns, type LiveRuns } from "#lib/history/live-runs.ts";

declare global {
  /** The runs of this process, however many bundles this module is part of. */
  var sagescopeLiveRuns: LiveRuns | undefined;
}

/** The runs that are under way in this server. */
export function liveRuns(): LiveRuns {
  globalThis.sagescopeLiveRuns ??= createLiveRuns({
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    async letLeave() {
      // Bodies are written in the first of two turns; see `streamLines`.
      await setImmediate();
      await setImmediate();
    },
    warn: (error) =>
      process.emitWarning(error instanceof Error ? error : "A run could not be written into the history."),
  });
  return globalThis.sagescopeLiveRuns;
}
