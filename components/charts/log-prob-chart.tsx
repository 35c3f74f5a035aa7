"use client";

import {
  Area,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import { chooseTicks } from "#lib/chart/choose-ticks.ts";
import type { LogProbChart as Model } from "#lib/chart/prepare-log-prob-chart.ts";

/** The running log probability: the lowest value of each stretch as an area, its mean as a line. */
export function LogProbChart({
  model,
  current,
  selection,
  threshold,
  onPoint,
  onPress,
  onRelease,
}: {
  model: Model;
  /** The token that is looked at, by its index in the run. */
  current: number | null;
  selection: { first: number; last: number } | null;
  /** In nats. */
  threshold: number;
  /** The place in `model.points` under the pointer; null when it leaves. */
  onPoint: (place: number | null) => void;
  onPress: (place: number) => void;
  onRelease: () => void;
}) {
  const [first, last] = [model.points[0]?.index ?? 0, model.points.at(-1)?.index ?? 0];
  return (
    <ResponsiveContainer width="100%" height={112}>
      <ComposedChart
        data={model.points}
        margin={{ top: 6, right: 8, bottom: 0, left: 0 }}
        onMouseMove={({ activeTooltipIndex }) => onPoint(placeOf(activeTooltipIndex))}
        onMouseLeave={() => onPoint(null)}
        onMouseDown={({ activeTooltipIndex }) => {
          const place = placeOf(activeTooltipIndex);
          if (place !== null) onPress(place);
        }}
        onMouseUp={onRelease}
        className="cursor-crosshair select-none"
        accessibilityLayer={false}
      >
        <XAxis
          dataKey="index"
          type="number"
          domain={[first, last]}
          // Tokens are counted from one; every mark is drawn, so that none has to be measured.
          ticks={chooseTicks(first + 1, last + 1, 6).map((place) => place - 1)}
          interval={0}
          tickFormatter={(index: number) => String(index + 1)}
          tick={TICK}
          tickLine={false}
          stroke="var(--line-strong)"
        />
        <YAxis
          domain={model.domain}
          ticks={chooseTicks(...model.domain, 4)}
          interval={0}
          width={34}
          tick={TICK}
          tickLine={false}
          stroke="var(--line-strong)"
        />
        {selection === null ? null : (
          <ReferenceArea
            x1={selection.first}
            x2={selection.last}
            fill="var(--calm)"
            fillOpacity={0.18}
            stroke="var(--calm)"
            strokeOpacity={0.6}
          />
        )}
        <Area
          dataKey="lowest"
          type="linear"
          stroke="var(--heat-0)"
          fill="var(--heat-3)"
          fillOpacity={0.5}
          baseValue={0}
          isAnimationActive={false}
          connectNulls={false}
          dot={false}
          activeDot={false}
        />
        {model.tokensPerPoint > 1 ? (
          <Line
            dataKey="mean"
            type="linear"
            stroke="var(--ink)"
            strokeWidth={1}
            isAnimationActive={false}
            connectNulls={false}
            dot={false}
            activeDot={false}
          />
        ) : null}
        {threshold < model.domain[0] ? null : (
          <ReferenceLine y={threshold} stroke="var(--muted)" strokeDasharray="4 3" />
        )}
        {current === null ? null : <ReferenceLine x={current} stroke="var(--accent)" strokeWidth={2} />}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function placeOf(active: unknown): number | null {
  if (active === null || active === undefined || active === "") return null;
  const place = Number(active);
  return Number.isInteger(place) ? place : null;
}

const TICK = { fontSize: 11, fill: "var(--muted)" };
