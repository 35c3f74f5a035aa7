"use client";

import dynamic from "next/dynamic";
import { memo, useId } from "react";
import { prepareHistogram } from "#lib/chart/prepare-histogram.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { THRESHOLD_STEPS } from "./token-marks.ts";

const HistogramChart = dynamic(
  () => import("#components/charts/histogram-chart.tsx").then((module) => module.HistogramChart),
  { ssr: false, loading: () => <div className="h-28" /> },
);

/** How often the model gave which probability, with the threshold that also marks tokens in the text. */
export const HistogramFigure = memo(function HistogramFigure({
  tokens,
  below,
  onBelow,
}: {
  tokens: readonly TokenEvent[];
  /** The array grows in place; this says when to look again. */
  version: number;
  below: number;
  onBelow: (below: number) => void;
}) {
  const thresholdId = useId();
  const probabilities = tokens.flatMap(({ counts, special, logProb }) =>
    counts && !special && logProb !== null ? [Math.exp(Math.min(logProb, 0))] : [],
  );
  const histogram = prepareHistogram(probabilities, { bars: THRESHOLD_STEPS, threshold: below });
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex flex-wrap items-center gap-x-2 text-xs text-muted">
        <label htmlFor={thresholdId}>Marked below p</label>
        <input
          id={thresholdId}
          type="range"
          min={1 / THRESHOLD_STEPS}
          max={1 - 1 / THRESHOLD_STEPS}
          step={1 / THRESHOLD_STEPS}
          value={below}
          onChange={(event) => onBelow(Number(event.target.value))}
          aria-valuetext={`below ${below.toFixed(2)}: ${histogram.below} of ${histogram.counted} tokens`}
          className="h-4 w-24 accent-(--accent)"
        />
        <span className="tabular-nums">{below.toFixed(2)}</span>
      </figcaption>
      <HistogramChart model={histogram} threshold={below} />
      <p className="mt-1 min-h-6 text-xs tabular-nums text-muted">
        {histogram.below.toLocaleString("en")} of {histogram.counted.toLocaleString("en")} tokens are marked.
        In the text <Key>[</Key> and <Key>]</Key> jump among them.
      </p>
    </figure>
  );
});

function Key({ children }: { children: string }) {
  return (
    <kbd className="rounded border border-line bg-sunken px-1 font-mono text-[0.6875rem]">{children}</kbd>
  );
}
