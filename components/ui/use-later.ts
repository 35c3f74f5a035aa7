"use client";

import { useEffect, useState } from "react";

/** A value some ms after it changed: for what is dear to draw and must not hold up the frame that brought it. */
export function useLater<Value>(value: Value, ms: number): Value {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return late;
}
