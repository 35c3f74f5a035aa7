"use client";

import { useEffect } from "react";
import { highlightStretches, type Stretch } from "./token-elements.ts";

/** Keeps a mark on stretches of the answer for as long as a view shows them. */
export function useHighlight(name: string, stretches: readonly Stretch[]): void {
  const places = JSON.stringify(stretches);
  // The external system is the browser's registry of highlights, which outlives every element.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `places` says whether the stretches changed.
  useEffect(() => {
    highlightStretches(name, stretches);
    return () => highlightStretches(name, []);
  }, [name, places]);
}
