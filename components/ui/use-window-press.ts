"use client";

import { useEffect, useEffectEvent } from "react";

/** Calls back with what was pressed anywhere in the window: the external system is the pointer. */
export function useWindowPress(onPress: (target: Element) => void): void {
  const listener = useEffectEvent(onPress);
  useEffect(() => {
    function forward({ target }: PointerEvent) {
      if (target instanceof Element) listener(target);
    }
    window.addEventListener("pointerdown", forward);
    return () => window.removeEventListener("pointerdown", forward);
  }, []);
}
