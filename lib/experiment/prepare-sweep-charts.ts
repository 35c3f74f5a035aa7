import type { FinishReason } from "#lib/run/run-event.ts";
import type { Sweep } from "./prepare-sweep.ts";

/** Values at one temperature, by name; null is a gap. */
type Row = { temperature: number; [part: string]: number | null };

/** One picture of a sweep. `top` is the end of its upright axis, `whole` whether that counts things. */
export type SweepPicture = {
  axis: { ticks: number[]; domain: [number, number] };
  top: number;
  whole: boolean;
  rows: Row[];
  /** A line runs through `value` of the rows, and each sample is a dot. */
  hasLine: boolean;
  points: { temperature: number; value: number }[];
  /** Stacked in this order. */
  bars: { key: string; colour: string }[];
};

/** A reason keeps its colour, whatever else occurs; the legend and the table have its name. */
export const FINISH_COLOURS: Record<FinishReason["kind"], string> = {
  "end-of-text": "var(--accent)",
  "stop-sequence": "var(--calm)",
  length: "var(--warn)",
  "tool-calls": "var(--open-0)",
  "content-filter": "var(--danger)",
  unknown: "var(--line-strong)",
  interrupted: "var(--danger)",
};

/** The four pictures of a sweep on one horizontal axis, each from zero: a cut axis makes a small change look large. */
export function prepareSweepCharts(
  sweep: Sweep,
): Record<"confidence" | "distinct" | "tokens" | "finishes", SweepPicture> {
  const { steps, points, finishKinds, mostTokens, mostDone } = sweep;
  const axis = axisOf(steps.map(({ temperature }) => temperature));
  const line = { axis, hasLine: true, bars: [] };
  const bars = { axis, hasLine: false, points: [], top: Math.max(1, mostDone), whole: true };
  return {
    confidence: {
      ...line,
      top: 1,
      whole: false,
      rows: steps.map(({ temperature, confidence }) => ({ temperature, value: confidence?.middle ?? null })),
      points: points.flatMap(({ temperature, confidence }) =>
        confidence === null ? [] : [{ temperature, value: confidence }],
      ),
    },
    tokens: {
      ...line,
      top: Math.max(1, mostTokens),
      whole: true,
      rows: steps.map(({ temperature, tokens }) => ({ temperature, value: tokens?.middle ?? null })),
      points: points.map(({ temperature, tokens }) => ({ temperature, value: tokens })),
    },
    distinct: {
      ...bars,
      rows: steps.map(({ temperature, done, distinctAnswers }) => ({
        temperature,
        distinct: distinctAnswers,
        repeated: done - distinctAnswers,
      })),
      bars: [
        { key: "distinct", colour: "var(--accent)" },
        { key: "repeated", colour: "var(--accent-soft)" },
      ],
    },
    finishes: {
      ...bars,
      rows: steps.map(({ temperature, finishes }) => ({
        temperature,
        ...Object.fromEntries(finishes.map(({ kind, count }) => [kind, count])),
      })),
      bars: finishKinds.map((kind) => ({ key: kind, colour: FINISH_COLOURS[kind] })),
    },
  };
}

/** Half a step of room at either end, so that nothing is drawn on the edge. */
function axisOf(temperatures: readonly number[]): SweepPicture["axis"] {
  const [first = 0, second] = temperatures;
  const last = temperatures.at(-1) ?? first;
  const room = Math.min(0.25, ((second ?? first + 0.5) - first) / 2);
  return { ticks: [...temperatures], domain: [first - room, last + room] };
}
