"use client";

import { useQueryStates } from "nuqs";
import { useEffect, useState, useSyncExternalStore } from "react";
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
  const { plan: given } = address;
  const [isOpen, setIsOpen] = useState(given === "");
  const [isTooLong, setIsTooLong] = useState(false);

  // The external system is the address: a link may bring another plan.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the address that the page was opened with counts.
  useEffect(() => void openAddress(given).finally(() => setIsOpen(true)), []);

  // The external system is the address again. Going back brings the word of an earlier plan, which is put right too.
  useEffect(() => {
    if (!held || !isOpen) return;
    let isOver = false;
    const timer = setTimeout(async () => {
      const word = await addressOf(held.plan);
      if (isOver) return;
      setIsTooLong(word === null);
      if (word === given) return;
      rememberAddress(word ?? "");
      void setAddress({ plan: word ?? "" });
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [held, isOpen, given, setAddress]);

  return {
    held: isOpen ? held : null,
    step: address.step,
    isTooLong,
    goTo: (next) => void setAddress({ step: next }, { history: "push" }),
  };
}
