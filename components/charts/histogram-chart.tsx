"use client";

import {
  Bar,
  BarChart,
  type BarShapeProps,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import { chooseTicks } from "#lib/chart/choose-ticks.ts";
import type { Histogram } from "#lib/chart/prepare-histogram.ts";

/** How many tokens the model gave which probability; what lies below the threshold is marked. */
export function HistogramChart({ model, threshold }: { model: Histogram; threshold: number }) {
  const bars = model.bars.map((bar) => ({ ...bar, middle: (bar.from + bar.to) / 2 }));
  const most = Math.max(1, ...bars.map(({ count }) => count));
  // A shape of our own: the library's measures the length of its outline with every drawing.
  function fillOf(place: number) {
    return (bars[place]?.to ?? 1) <= threshold ? "var(--heat-0)" : "var(--line-strong)";
  }
  return (
    <ResponsiveContainer width="100%" height={112}>
      <BarChart data={bars} margin={{ top: 6, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <XAxis
          dataKey="middle"
          type="number"
          domain={[0, 1]}
          ticks={[0, 0.25, 0.5, 0.75, 1]}
          interval={0}
          tick={TICK}
          tickLine={false}
          stroke="var(--line-strong)"
        />
        <YAxis
          domain={[0, most]}
          ticks={chooseTicks(0, most, 4)}
          // Every mark is drawn, so that none has to be measured.
          interval={0}
          width={34}
          tick={TICK}
          tickLine={false}
          stroke="var(--line-strong)"
        />
        <Bar
          dataKey="count"
          isAnimationActive={false}
          maxBarSize={28}
          shape={({ x, y, width, height, index }: BarShapeProps) => (
            <rect x={x} y={y} width={width} height={height} fill={fillOf(index)} />
          )}
        />
        <ReferenceLine x={threshold} stroke="var(--accent)" strokeDasharray="4 2" />
      </BarChart>
    </ResponsiveContainer>
  );
}

const TICK = { fontSize: 11, fill: "var(--muted)" };
