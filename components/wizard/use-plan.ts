"use client";

import { useQueryStates } from "nuqs";
import { useEffect, useSyncExternalStore } from "react";
import { addressOf, type Held, openAddress, read, rememberAddress, subscribe } from "./plan-store.ts";
import { wizardSearchParams } from "./search-params.ts";
import type { StepId } from "./steps.ts";

/** Typing goes into the address when it pauses: browsers count how often a page rewrites it. */
const PAUSE_MS = 400;

/** The plan, and the step of it that is open. Null until the browser has looked into its storage. */
export function usePlan(): {
  held: Held | null;
  step: StepId;
  isTooLong: boolean;
  goTo: (step: StepId) => void;
} {
  const [address, setAddress] = useQueryStates(wizardSearchParams, { history: "replace" });
  const held = useSyncExternalStore<Held | null>(subscribe, read, () => null);
  const word = held && addressOf(held.plan);

  // The external system is the address: a link may bring another plan.
  const { plan: given } = address;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the address that the page was opened with counts.
  useEffect(() => openAddress(given), []);

  useEffect(() => {
    if (!held) return;
    const timer = setTimeout(() => {
      rememberAddress(word ?? "");
      void setAddress({ plan: word ?? "" });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [held, word, setAddress]);

  return {
    held,
    step: address.step,
    isTooLong: held !== null && word === null,
    goTo: (next) => {
      // What was changed in the same moment is in the store, and not yet in this render.
      const current = addressOf(read().plan) ?? "";
      rememberAddress(current);
      void setAddress({ step: next, plan: current }, { history: "push" });
    },
  };
}
