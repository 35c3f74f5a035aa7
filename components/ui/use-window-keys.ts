"use client";

import { useEffect, useEffectEvent } from "react";

/** Calls back for every key pressed anywhere in the window: the external system is the keyboard. */
export function useWindowKeys(onKey: (event: KeyboardEvent) => void): void {
  const listener = useEffectEvent(onKey);
  useEffect(() => {
    function forward(event: KeyboardEvent) {
      listener(event);
    }
    window.addEventListener("keydown", forward);
    return () => window.removeEventListener("keydown", forward);
  }, []);
}
