"use client";

import { useSyncExternalStore } from "react";

function subscribe() {
  return () => undefined;
}

/**
 * Whether the browser has taken over what the server drew. What another part of the page may have read before that,
 * such as the connection, is no part of the server's drawing and has to wait for it.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
