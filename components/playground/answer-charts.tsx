"use client";

import dynamic from "next/dynamic";
import { memo, useId, useState } from "react";
import { prepareHistogram } from "#lib/chart/prepare-histogram.ts";
import { prepareLogProbChart } from "#lib/chart/prepare-log-prob-chart.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";

// The chart library is half of this page's weight, and there is nothing to draw before the first answer.
const LogProbChart = dynamic(
  () => import("#components/charts/log-prob-chart.tsx").then((module) => module.LogProbChart),
  { ssr: false, loading: () => <div className="h-28" /> },
);
const HistogramChart = dynamic(
  () => import("#components/charts/histogram-chart.tsx").then((module) => module.HistogramChart),
  { ssr: false, loading: () => <div className="h-28" /> },
);

const BARS = 20;

/**
 * The answer's numbers as pictures. Memoised on `beat`, which the page raises four times a second while an answer
 * comes: drawing with every token would cost the text its frames.
 */
export const AnswerCharts = memo(
  function AnswerCharts({
    tokens,
    current,
    onPick,
  }: {
    tokens: readonly TokenEvent[];
    beat: number;
    current: number | null;
    onPick: (index: number) => void;
  }) {
    const [threshold, setThreshold] = useState(0.5);
    const thresholdId = useId();
    const probabilities = tokens.flatMap(({ counts, special, logProb }) =>
      counts && !special && logProb !== null ? [Math.exp(Math.min(logProb, 0))] : [],
    );
    if (probabilities.length === 0) return null;
    const histogram = prepareHistogram(probabilities, { bars: BARS, threshold });
    return (
      <div className="grid gap-4 border-t border-line p-4 lg:grid-cols-[3fr_2fr]">
        <figure className="min-w-0">
          <figcaption className="mb-1 text-xs text-muted">
            Log probability along the answer, in nats. Click to find the token.
          </figcaption>
          <LogProbChart model={prepareLogProbChart(tokens)} current={current} onPick={onPick} />
        </figure>
        <figure className="min-w-0">
          <figcaption className="mb-1 flex flex-wrap items-center gap-x-2 text-xs text-muted">
            <label htmlFor={thresholdId}>Below p</label>
            <input
              id={thresholdId}
              type="range"
              min={0.05}
              max={0.95}
              step={0.05}
              value={threshold}
              onChange={(event) => setThreshold(Number(event.target.value))}
              aria-valuetext={`below ${threshold.toFixed(2)}: ${histogram.below} of ${histogram.counted} tokens`}
              className="h-4 w-24 accent-(--accent)"
            />
            <span className="tabular-nums">
              {threshold.toFixed(2)}: {histogram.below} of {histogram.counted} tokens
            </span>
          </figcaption>
          <HistogramChart model={histogram} threshold={threshold} />
        </figure>
      </div>
    );
  },
  (before, after) =>
    before.beat === after.beat && before.current === after.current && before.tokens === after.tokens,
);
