"use client";

import {
  Bar,
  BarChart,
  CartesianGrid,
  ComposedChart,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import type { ReliabilityBin } from "#lib/classify/measure-classifier.ts";

/** How often rows of each confidence are right, beside the line on which both would agree; below, how many rows. */
export function ReliabilityChart({ bins }: { bins: readonly ReliabilityBin[] }) {
  const bars = bins.map(({ from, to, count, accuracy }) => ({ middle: (from + to) / 2, count, accuracy }));
  return (
    <>
      <ResponsiveContainer width="100%" height={190}>
        <ComposedChart data={bars} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="middle" type="number" domain={[0, 1]} ticks={TICKS} hide />
          <YAxis
            width={48}
            domain={[0, 1]}
            ticks={TICKS}
            tickFormatter={percent}
            tick={TICK}
            tickLine={false}
            stroke="var(--line-strong)"
          />
          <Bar
            dataKey="accuracy"
            fill="var(--accent)"
            fillOpacity={0.75}
            isAnimationActive={false}
            maxBarSize={26}
          />
          <ReferenceLine segment={IDEAL} stroke="var(--ink)" strokeDasharray="5 4" />
        </ComposedChart>
      </ResponsiveContainer>
      <ResponsiveContainer width="100%" height={64}>
        <BarChart data={bars} margin={MARGIN} accessibilityLayer={false}>
          <XAxis
            dataKey="middle"
            type="number"
            domain={[0, 1]}
            ticks={TICKS}
            tickFormatter={percent}
            tick={TICK}
            tickLine={false}
            stroke="var(--line-strong)"
          />
          <YAxis
            width={48}
            allowDecimals={false}
            tickCount={2}
            tick={TICK}
            tickLine={false}
            stroke="var(--line-strong)"
          />
          <Bar dataKey="count" fill="var(--line-strong)" isAnimationActive={false} maxBarSize={26} />
        </BarChart>
      </ResponsiveContainer>
    </>
  );
}

const MARGIN = { top: 6, right: 12, bottom: 0, left: 0 };
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const TICK = { fontSize: 11, fill: "var(--muted)" };
const IDEAL: [{ x: number; y: number }, { x: number; y: number }] = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
];

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
