"use client";

import { useState, useSyncExternalStore } from "react";
import type { RunState } from "#lib/run/reduce-run.ts";
import { createRunStore, type RunStore } from "./run-store.ts";
import { createSample, isComing, sameOutline, sameSums } from "./sample-run.ts";

/**
 * The run of a page. Whoever draws it chooses how often to look: see the hooks below. `onBegun` is told at once which
 * run the server has begun, before anything of it is drawn.
 */
export function useRunStore(onBegun: (runId: string) => void = () => undefined): RunStore {
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
      begun: onBegun,
      now: () => Date.now(),
      schedule: (flush) => {
        // A hidden tab has no frames; nothing that was received may wait for it to come back.
        if (document.hidden) return setTimeout(flush, 250);
        return requestAnimationFrame(flush);
      },
    }),
  );
  return store;
}

/** A run as React sees it, and what can be done with it; drawn again with every frame that brings something. */
export function useRun(): { run: RunState } & Omit<RunStore, "subscribe" | "read"> {
  const store = useRunStore();
  const run = useSyncExternalStore(store.subscribe, store.read, store.read);
  return { run, ...store };
}

/**
 * The run as of the last change that is more than further tokens: its beginning, its end, a request of it, a failure.
 * For what surrounds an answer, which should not be drawn again for every word of it.
 */
export function useRunOutline(store: RunStore): RunState {
  return useSample(store, sameOutline);
}

/** The run with its latest tokens, frame by frame; `shown` where that is over, since it may be shown otherwise. */
export function useLiveRun(store: RunStore, shown: RunState): RunState {
  const run = useSyncExternalStore(store.subscribe, store.read, store.read);
  return isComing(shown) ? run : shown;
}

/** Like `useLiveRun`, as often as `isSame` says that it has changed. */
export function useRunOnBeat(store: RunStore, shown: RunState, isSame: typeof sameSums = sameSums): RunState {
  const run = useSample(store, isSame);
  return isComing(shown) ? run : shown;
}

function useSample(store: RunStore, isSame: (before: RunState, now: RunState) => boolean): RunState {
  const [sample] = useState(() => createSample(store.read, isSame));
  return useSyncExternalStore(store.subscribe, sample, sample);
}
