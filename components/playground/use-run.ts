"use client";

import { useState, useSyncExternalStore } from "react";
import type { RunState } from "#lib/run/reduce-run.ts";
import { createRunStore, type RunStore } from "./run-store.ts";

/**
 * A run as React sees it. It starts in an event handler and is a fold over events; the store flushes at most
 * once per animation frame, so that the page's work follows the screen and not the stream.
 */
export function useRun(): { run: RunState } & Omit<RunStore, "subscribe" | "read"> {
  const [store] = useState<RunStore>(() =>
    createRunStore({
      send: (request, signal) =>
        fetch("/api/invoke", {
          method: "POST",
          headers: { "content-type": "application/json" },
          // A reload must not cost the answer: the run goes on, and the page comes back to it.
          body: JSON.stringify({ ...request, keepRunning: true }),
          signal,
        }),
      follow: (runId, signal) => fetch(`/api/runs/${encodeURIComponent(runId)}/events`, { signal }),
      halt: (runId) => void fetch(`/api/runs/${encodeURIComponent(runId)}/stop`, { method: "POST" }),
      now: () => Date.now(),
      schedule: (flush) => {
        // A hidden tab has no frames; nothing that was received may wait for it to come back.
        if (document.hidden) return setTimeout(flush, 250);
        return requestAnimationFrame(flush);
      },
    }),
  );
  const run = useSyncExternalStore(store.subscribe, store.read, store.read);
  return { run, ...store };
}
