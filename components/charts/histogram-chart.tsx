"use client";

import { Bar, BarChart, Cell, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import type { Histogram } from "#lib/chart/prepare-histogram.ts";

/** How many tokens the model gave which probability; what lies below the threshold is marked. */
export function HistogramChart({ model, threshold }: { model: Histogram; threshold: number }) {
  const bars = model.bars.map((bar) => ({ ...bar, middle: (bar.from + bar.to) / 2 }));
  return (
    <ResponsiveContainer width="100%" height={112}>
      <BarChart data={bars} margin={{ top: 6, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <XAxis
          dataKey="middle"
          type="number"
          domain={[0, 1]}
          ticks={[0, 0.25, 0.5, 0.75, 1]}
          tick={TICK}
          tickLine={false}
          stroke="var(--line-strong)"
        />
        <YAxis width={34} allowDecimals={false} tick={TICK} tickLine={false} stroke="var(--line-strong)" />
        <Bar dataKey="count" isAnimationActive={false} maxBarSize={28}>
          {bars.map((bar) => (
            <Cell key={bar.from} fill={bar.to <= threshold ? "var(--heat-0)" : "var(--line-strong)"} />
          ))}
        </Bar>
        <ReferenceLine x={threshold} stroke="var(--accent)" strokeDasharray="4 2" />
      </BarChart>
    </ResponsiveContainer>
  );
}

const TICK = { fontSize: 11, fill: "var(--muted)" };
