"use client";

import { Area, ComposedChart, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import type { LogProbChart as Model } from "#lib/chart/prepare-log-prob-chart.ts";

/** The running log probability: the lowest value of each stretch as an area, its mean as a line. */
export function LogProbChart({
  model,
  current,
  onPick,
}: {
  model: Model;
  /** The token that is looked at in the text, by its index in the run. */
  current: number | null;
  onPick: (index: number) => void;
}) {
  return (
    <ResponsiveContainer width="100%" height={112}>
      <ComposedChart
        data={model.points}
        margin={{ top: 6, right: 8, bottom: 0, left: 0 }}
        onClick={({ activeTooltipIndex }) => {
          const point = model.points[Number(activeTooltipIndex)];
          if (point) onPick(point.lowestIndex ?? point.index);
        }}
        className="cursor-crosshair"
        accessibilityLayer={false}
      >
        <XAxis
          dataKey="index"
          type="number"
          domain={["dataMin", "dataMax"]}
          tickFormatter={(index: number) => String(index + 1)}
          tick={TICK}
          tickLine={false}
          stroke="var(--line-strong)"
        />
        <YAxis domain={model.domain} width={34} tick={TICK} tickLine={false} stroke="var(--line-strong)" />
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
        {current === null ? null : <ReferenceLine x={current} stroke="var(--accent)" strokeWidth={2} />}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

const TICK = { fontSize: 11, fill: "var(--muted)" };
