"use client";

import { Bar, ComposedChart, Line, ResponsiveContainer, Scatter, XAxis, YAxis } from "recharts";
import type { SweepPicture } from "#lib/experiment/prepare-sweep-charts.ts";

/** One quantity of a sweep: a line through what holds for all samples, a dot for each, or stacked bars. */
export function SweepChart({ model }: { model: SweepPicture }) {
  const { axis, top, whole, rows, hasLine, points, bars } = model;
  return (
    <ResponsiveContainer width="100%" height={148}>
      <ComposedChart
        data={rows}
        margin={{ top: 8, right: 10, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <XAxis
          dataKey="temperature"
          type="number"
          domain={axis.domain}
          ticks={axis.ticks}
          interval="preserveStartEnd"
          tick={TICK}
          tickLine={false}
          stroke="var(--line-strong)"
        />
        <YAxis
          width={34}
          domain={[0, top]}
          allowDecimals={!whole}
          tick={TICK}
          tickLine={false}
          stroke="var(--line-strong)"
        />
        {bars.map(({ key, colour }) => (
          <Bar
            key={key}
            dataKey={key}
            stackId="one"
            fill={colour}
            stroke="var(--surface)"
            barSize={14}
            isAnimationActive={false}
          />
        ))}
        {hasLine ? (
          <Line
            dataKey="value"
            type="linear"
            stroke="var(--accent)"
            strokeWidth={2}
            connectNulls={false}
            dot={{ r: 3, fill: "var(--surface)", strokeWidth: 2 }}
            activeDot={false}
            isAnimationActive={false}
          />
        ) : null}
        {points.length > 0 ? (
          <Scatter data={points} dataKey="value" isAnimationActive={false} shape={<SampleDot />} />
        ) : null}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function SampleDot({ cx, cy }: { cx?: number; cy?: number }) {
  return <circle cx={cx} cy={cy} r={2.5} fill="var(--muted)" fillOpacity={0.55} />;
}

const TICK = { fontSize: 11, fill: "var(--muted)" };
