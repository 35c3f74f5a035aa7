"use client";

import { memo } from "react";
import { useLater } from "#components/ui/use-later.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { HistogramFigure } from "./histogram-figure.tsx";
import { RunningChart } from "./running-chart.tsx";

/** How long after the text each picture is drawn, in ms: in frames of their own, neither holds up a word. */
const LATER_MS = { running: 40, histogram: 120 };

/** The answer's numbers as pictures. */
export const AnswerCharts = memo(function AnswerCharts({
  tokens,
  version,
  current,
  below,
  onBelow,
}: {
  tokens: readonly TokenEvent[];
  /** The array grows in place; this says when to look again. */
  version: number;
  current: number | null;
  /** The threshold, a probability; it also marks the tokens in the text. */
  below: number;
  onBelow: (below: number) => void;
}) {
  const running = useLater(version, LATER_MS.running);
  const histogram = useLater(version, LATER_MS.histogram);
  const hasNumber = tokens.some(({ counts, special, logProb }) => counts && !special && logProb !== null);
  const hasHistogram = useLater(hasNumber, LATER_MS.histogram);
  if (!hasNumber) return null;
  return (
    <div className="grid gap-4 border-t border-line p-4 lg:grid-cols-[3fr_2fr]">
      <RunningChart tokens={tokens} version={running} current={current} below={below} />
      {hasHistogram ? (
        <HistogramFigure tokens={tokens} version={histogram} below={below} onBelow={onBelow} />
      ) : (
        <div />
      )}
    </div>
  );
});
