"use client";

import dynamic from "next/dynamic";
import { type KeyboardEvent, memo, useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { prepareLogProbChart } from "#lib/chart/prepare-log-prob-chart.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { scoreRun } from "#lib/score/score-run.ts";
import { formatNats, formatProbability, quoteToken } from "./format-score.ts";
import { revealToken, type Stretch } from "./token-elements.ts";
import { useHighlight } from "./use-highlight.ts";

// The chart library is half of this page's weight, and there is nothing to draw before the first answer.
const LogProbChart = dynamic(
  () => import("#components/charts/log-prob-chart.tsx").then((module) => module.LogProbChart),
  { ssr: false, loading: () => <div className="h-28" /> },
);

/**
 * Log probability along the answer. Pointing at it marks the token in the text, a click leads there, dragging
 * selects a stretch and scores it. By keyboard it is a slider: arrows move, with Shift they select.
 */
export const RunningChart = memo(function RunningChart({
  tokens,
  version,
  current,
  below,
}: {
  tokens: readonly TokenEvent[];
  /** The array grows in place; this says when to look again. */
  version: number;
  /** The token looked at in the text. */
  current: number | null;
  below: number;
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: see `version`.
  const model = useMemo(() => prepareLogProbChart(tokens), [tokens, version]);
  const [place, setPlace] = useState<number | null>(null);
  const [selection, setSelection] = useState<Stretch | null>(null);
  const pressed = useRef<{ from: number; moved: boolean } | null>(null);
  const last = model.points.length - 1;
  const point = place === null ? undefined : model.points[Math.min(place, last)];
  const pointed = point?.lowestIndex ?? point?.index ?? null;
  useHighlight("pointed-at", pointed === null ? [] : [{ first: pointed, last: pointed }]);
  useHighlight("selected-stretch", selection === null ? [] : [selection]);

  function select(one: number, other: number) {
    const from = model.points[Math.min(one, other)];
    const to = model.points[Math.max(one, other)];
    if (from && to) setSelection({ first: from.index, last: to.index + to.tokens - 1 });
  }

  function moveTo(next: number | null) {
    setPlace(next);
    const press = pressed.current;
    if (press === null || next === null || (!press.moved && next === press.from)) return;
    press.moved = true;
    select(press.from, next);
  }

  function release() {
    const press = pressed.current;
    pressed.current = null;
    if (press === null || press.moved) return;
    setSelection(null);
    if (pointed !== null) revealToken(pointed);
  }

  function onKeyDown(event: KeyboardEvent) {
    const at = place ?? 0;
    const step = event.key.startsWith("Page") ? Math.ceil(model.points.length / 10) : 1;
    const next = nextPlace(event.key, at, step, last);
    if (next !== null) {
      event.preventDefault();
      if (event.shiftKey) {
        pressed.current ??= { from: at, moved: true };
        select(pressed.current.from, next);
      } else pressed.current = null;
      setPlace(next);
    } else if (event.key === "Enter" && pointed !== null) {
      event.preventDefault();
      revealToken(pointed);
    } else if (event.key === "Escape" && selection !== null) {
      event.stopPropagation();
      setSelection(null);
    }
  }

  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 text-xs text-muted">
        Log probability along the answer, in nats. Point to find the token, drag to score a stretch.
      </figcaption>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Place in the answer"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, model.points.length)}
        aria-valuenow={Math.min(place ?? 0, last) + 1}
        aria-valuetext={sayToken(tokens, pointed)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          pressed.current = null;
          setPlace(null);
        }}
        className="rounded-md"
      >
        <LogProbChart
          model={model}
          current={pointed ?? current}
          selection={selection}
          threshold={Math.log(below)}
          onPoint={moveTo}
          onPress={(from) => {
            pressed.current = { from, moved: false };
          }}
          onRelease={release}
        />
      </div>
      <p className="mt-1 flex min-h-6 flex-wrap items-center gap-x-2 text-xs tabular-nums text-muted">
        <span>{sayToken(tokens, pointed ?? current)}</span>
        {selection === null ? null : (
          <>
            <span className="font-medium text-ink">{describeStretch(tokens, selection)}</span>
            <Button size="small" onClick={() => setSelection(null)}>
              Clear
            </Button>
          </>
        )}
      </p>
    </figure>
  );
});

function nextPlace(key: string, at: number, step: number, last: number): number | null {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
    case "PageUp":
      return Math.min(last, at + step);
    case "ArrowLeft":
    case "ArrowDown":
    case "PageDown":
      return Math.max(0, at - step);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

function sayToken(tokens: readonly TokenEvent[], index: number | null): string {
  const token = index === null ? undefined : tokens[index];
  if (token === undefined) return `${tokens.length.toLocaleString("en")} tokens`;
  const name = `Token ${token.index + 1} ${quoteToken(token.text)}`;
  if (token.logProb === null) return `${name}: no number`;
  return `${name}: p ${formatProbability(Math.exp(token.logProb))}, ${formatNats(token.logProb)} nats`;
}

function describeStretch(tokens: readonly TokenEvent[], { first, last }: Stretch): string {
  const { value, countedTokens } = scoreRun(tokens.slice(first, last + 1));
  const name = `Tokens ${first + 1} to ${last + 1}`;
  if (value === null) return `${name}: no numbers`;
  return `${name}: joint ${formatNats(value.jointLogProb)} nats, confidence ${formatProbability(value.confidence)} over ${countedTokens}`;
}
