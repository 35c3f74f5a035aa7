"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let now = 0;
let ticking: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  ticking ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** The time in epoch ms, to the second, from one clock for the page. Null on the server, whose time differs. */
export function useNow(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => now || Date.now() - (Date.now() % 1000),
    () => null,
  );
}
