"use client";

import { memo, useLayoutEffect, useRef } from "react";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { type PaintedStretch, paintStretch } from "./paint-stretch.ts";

/** A few words of running text: what is painted again when a token comes behind them. */
export const AnswerStretch = memo(function AnswerStretch({
  tokens,
  start,
  end,
  open,
  revision,
}: {
  tokens: readonly TokenEvent[];
  start: number;
  end: number;
  /** Whether more may come behind it. */
  open: boolean;
  /** Raised when tokens that were drawn got alternatives after all. */
  revision: number;
}) {
  const element = useRef<HTMLSpanElement>(null);
  const painted = useRef<PaintedStretch>([]);

  // The external system is the text's own elements, which React does not know; see `paintStretch` for why.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a revision changes tokens within the array.
  useLayoutEffect(() => {
    if (element.current === null) return;
    const now = paintStretch(element.current, painted.current, { tokens, start, end });
    // What never changes again needs no notes.
    painted.current = open ? now : [];
  }, [tokens, start, end, open, revision]);

  return <span ref={element} />;
});
